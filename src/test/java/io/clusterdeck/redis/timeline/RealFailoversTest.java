package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random deeds done to real servers, which differ from run to run: every failover is told once and as it was, as the servers themselves
 * show and write it to who shares no code with Clusterdeck. By hand: {@code -Dreal.plays=20 -Dreal.play=SEED}; with
 * {@code -Dreal.report=FOLDER} all that was written and told goes there.
 */
@Tag("soak")
class RealFailoversTest {
    private static final int PLAYS = Integer.getInteger("real.plays", 2);
    private static final long FIRST = Long.getLong("real.play", 1);

    @Test
    void everyFailoverIsToldOnceAndAsItWas() throws Exception {
        var wrong = new LinkedHashMap<Long, Set<String>>();
        var text = new StringBuilder();
        for (long seed = FIRST; seed < FIRST + PLAYS; seed++) {
            try (var played = RealPlayed.of(seed)) {
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
