package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.drill.DrillResult;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.Complete;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.Shown;
import io.clusterdeck.redis.timeline.Timeline;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What the timelines beside a drill must tell. */
final class ToldFailovers {
    private ToldFailovers() {}

    /**
     * The failover to each heir that served when the fault was over, and the one back from it, each whole and in order; and of nobody else
     * it is told that he was lost.
     */
    static void check(DrillResult result) {
        try {
            checked(result);
        } catch (AssertionError one) {
            throw new AssertionError(
                    one.getMessage() + "\nof\n"
                            + result.failovers().stream().map(Shown::text).collect(Collectors.joining("\n")),
                    one);
        }
    }

    private static void checked(DrillResult result) {
        var masters = new HashSet<>(result.measured().shards().stream()
                .map(s -> s.master().toString())
                .toList());
        result.winners().forEach((master, heir) -> {
            if (!heir.equals(master)) {
                masters.add(heir);
                Complete.stages(told(result, master, heir), Set.of());
                Complete.stages(told(result, heir, master), Set.of());
            }
        });
        for (var failover : result.failovers()) {
            var t = failover.timeline();
            assertTrue(masters.contains(address(t, t.failed())), () -> Shown.text(failover));
        }
    }

    private static Kept told(DrillResult result, String lost, String won) {
        var told = result.failovers().stream()
                .filter(k -> address(k.timeline(), k.timeline().failed()).equals(lost))
                .filter(k -> k.timeline()
                        .winner()
                        .filter(w -> address(k.timeline(), w).equals(won))
                        .isPresent())
                .toList();
        assertEquals(
                1,
                told.size(),
                () -> lost + " to " + won + ": "
                        + result.failovers().stream().map(Shown::text).toList());
        return told.getFirst();
    }

    private static String address(Timeline t, NodeId node) {
        return t.member(node).orElseThrow().address().toString();
    }
}
