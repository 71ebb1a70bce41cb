package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.RedisBinary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random deeds done to real servers, which differ from run to run: every failover is told once and as it was, as the servers themselves
 * show and write it to who shares no code with Clusterdeck. By hand: {@code -Dreal.plays=20 -Dreal.play=SEED}; with
 * {@code -Dreal.report=FOLDER} all that was written and told goes there. Other servers: {@code -Dclusterdeck.redis=PROGRAM}.
 */
@Tag("local")
class RealFailoversTest {

    /** In all ways by hand and by itself, a winner that dies at once, a host, who looks anew in between; without logs and with all of them. */
    private static final List<Long> SOME = List.of(49L, 132L);

    @Test
    void everyFailoverIsToldOnceAndAsItWas() throws Exception {
        var first = Long.getLong("real.play");
        var seeds = first == null ? SOME : seeds(first, Integer.getInteger("real.plays", 1));
        check(seeds, System.getProperty("real.version", RedisBinary.V6));
    }

    @Test
    @Tag("soak")
    void alsoByANewerRedis() throws Exception {
        check(seeds(211, 10), RedisBinary.V7);
    }

    private static List<Long> seeds(long first, int plays) {
        return LongStream.range(first, first + plays).boxed().toList();
    }

    private static void check(List<Long> seeds, String version) throws Exception {
        var wrong = new LinkedHashMap<Long, Set<String>>();
        var text = new StringBuilder();
        for (long seed : seeds) {
            try (var played = new RealPlayed(RealPlayed.Case.random(seed), version)) {
                var complaints = played.complaints();
                report(seed, played, complaints);
                if (!complaints.isEmpty()) {
                    wrong.put(seed, complaints);
                    text.append(played.text());
                }
            }
        }
        assertEquals(Map.of(), wrong, text::toString);
    }

    private static void report(long seed, RealPlayed played, Set<String> complaints) throws Exception {
        var folder = System.getProperty("real.report");
        if (folder != null) {
            var name = seed + (complaints.isEmpty() ? played.muddled() ? ".muddled" : ".well" : ".wrong");
            Files.writeString(Path.of(folder, name), played.text());
        }
    }
}
