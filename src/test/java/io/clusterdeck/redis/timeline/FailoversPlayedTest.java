package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.timeline.simulated.Play;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random plays of clusters: every failover is told once and as it was, whatever was seen of it, at every moment and at the end. By hand:
 * {@code -Dplays=20000} for more of them, {@code -Dplay=SEED} for the first one, {@code -Dplay.lines=true} to see all that was written and told.
 */
class FailoversPlayedTest {
    private static final int PLAYS = Integer.getInteger("plays", 50);
    private static final long FIRST = Long.getLong("play", 45);
    private static final int SHRINKS = 150;

    @Test
    void everyFailoverIsToldOnceAndAsItWas() {
        var wrong = new LinkedHashMap<Long, String>();
        for (long seed = FIRST; seed < FIRST + PLAYS; seed++) {
            var kind = kind(new Played(Played.Case.random(seed)).complaints());
            if (!kind.isEmpty()) {
                wrong.put(seed, kind);
            }
        }
        assertEquals(
                Map.of(),
                wrong,
                () -> shrunk(Played.Case.random(wrong.keySet().iterator().next())));
    }

    /** The first complaint without its numbers. */
    static String kind(Set<String> wrong) {
        return wrong.stream().findFirst().map(w -> w.replaceAll("[0-9:].*", "")).orElse("");
    }

    /** The least play that is complained of for the same. */
    static String shrunk(Played.Case how) {
        var kind = kind(new Played(how).complaints());
        var least = how;
        var rest = List.copyOf(Played.smaller(least));
        for (int tries = 0, i = 0; tries < SHRINKS && i < rest.size(); tries++, i++) {
            if (kind(new Played(rest.get(i)).complaints()).equals(kind)) {
                least = rest.get(i);
                rest = Played.smaller(least);
                i = -1;
            }
        }
        var played = new Played(least);
        var text = new StringBuilder("\n" + least + "\n");
        played.complaints().forEach(c -> text.append("  ").append(c).append('\n'));
        if (Boolean.getBoolean("play.lines")) {
            played.play()
                    .lines()
                    .forEach(l -> text.append("%8d %d %s%n".formatted(l.at() - Play.BEGINS, l.node(), l.text())));
            played.later().told().forEach(t -> text.append(Shown.text(Kept.of(t))));
        }
        return text.toString();
    }
}
