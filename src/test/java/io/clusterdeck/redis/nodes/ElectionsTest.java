package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.model.NodeId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a replica may be told to fail over again: what is known of its last election, and what real servers do. */
class ElectionsTest {
    private static final NodeId NODE = new NodeId("a".repeat(40));

    @TempDir
    Path folder;

    @Test
    void theOldestProofCountsUntilItAsksAgain() {
        var elections = new Elections();
        var now = Instant.now();
        assertEquals(0, elections.since(NODE, now), "nothing is known");
        elections.note(NODE, 3, now.minusSeconds(20));
        elections.note(NODE, 3, now.minusSeconds(5));
        assertEquals(20_000, elections.since(NODE, now));
        elections.note(NODE, 6, now.minusSeconds(1));
        assertEquals(1_000, elections.since(NODE, now), "it asked again");
        elections.note(NODE, 0, now);
        assertTrue(elections.since(NODE, now) > Duration.ofDays(1).toMillis(), "restarted: it remembers no election");
    }

    /** Each hand-over follows the last one at once. Without the wait the third makes a master that all others demote again. */
    @Test
    @Tag("local")
    void aShardIsHandedToAndFroWithoutAPause() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, "cluster-node-timeout 2000"), folder)) {
            deck.cluster.fill(200);
            for (int heir : new int[] {3, 0, 3, 0}) {
                deck.seesRole(heir, false);
                deck.run(deck.failover.failover(deck.id(heir), How.GRACEFUL));
                deck.cluster.fill(200);
                assertEquals("master", deck.cluster.info(heir, "role"));
            }
            deck.cluster.until(
                    "in step again",
                    () -> deck.cluster.info(0, "master_repl_offset").equals(deck.cluster.info(3, "slave_repl_offset")));
            assertEquals("1", deck.cluster.info(0, "sync_full"), "a full copy beside the first");
        }
    }
}
