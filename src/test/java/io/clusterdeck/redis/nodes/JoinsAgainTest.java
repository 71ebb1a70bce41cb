package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.LocalCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run ends when the cluster has come to rest, not when a server has started. */
@Tag("local")
class JoinsAgainTest {

    @TempDir
    Path folder;

    /** Its master does not let it in: it runs, all trust it, and it has nothing. */
    @Test
    void aReplicaThatDoesNotReplicateIsWaitedFor() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1), folder)) {
            var c = deck.cluster;
            deck.seesRole(3, false);
            long before = c.pid(3);
            var restart = Operated.ready(deck.nodes.restart(deck.id(3)));
            c.call(3, "CONFIG", "SET", "masterauth", "none wants it");
            c.call(3, "CONFIG", "REWRITE");
            var run = deck.runs.start(restart.plan());
            c.until("another process", () -> c.pid(3) != before && c.answers(3));
            c.until("trusted", () -> !c.call(0, "CLUSTER", "NODES").contains("fail"));
            Awaitility.await("it is not over")
                    .during(Duration.ofSeconds(5)) // Settle looks again after 3 s
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> run.state().ended(), Optional::isEmpty);
            c.call(3, "CONFIG", "SET", "masterauth", "");
            var end = run.await();
            assertEquals(Outcome.DONE, end.ended().orElseThrow().outcome(), end.steps()::toString);
            assertEquals("up", c.info(3, "master_link_status"));
        }
    }
}
