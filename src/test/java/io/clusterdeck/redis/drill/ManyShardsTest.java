package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.nodes.Operated;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A drill on more shards than are probed most often: each of them is measured, and it can be passed. Eighty servers are too many for any
 * computer of two cores, so this is no test of every day; what it needs of the probe is also held on three shards, see ProbeTest.
 */
@Tag("soak")
class ManyShardsTest {
    private static final int MANY = 40;

    /** So many servers share this computer: what is asked here is not how soon they are. */
    private static final Objective PATIENT = new Objective(60_000, -1);

    @TempDir
    Path folder;

    @Test
    void everyShardIsMeasured() throws Exception {
        var cluster = LocalCluster.start(
                MANY, 1, "cluster-node-timeout 5000", "cluster-require-full-coverage no", "appendonly yes");
        try (var operated = new Operated(cluster, folder)) {
            cluster.until(
                    "healthy as the watch sees it",
                    () -> Healthy.ill(operated.ops.now().get()).isEmpty());
            var offer = operated.drills.offer(
                    Library.named("kill-master").orElseThrow().objective(PATIENT));
            assertTrue(Operated.ready(offer).plan().costs().stream()
                    .anyMatch(s -> s.key().equals("drill.cost.seldom")));
            var state = operated.run(offer);
            var result = operated.drills.result(state.plan().id().value()).orElseThrow();
            var shards = result.measured().shards();
            assertEquals(MANY, shards.size());
            assertEquals(20, shards.getFirst().every());
            assertEquals(100, shards.getLast().every());
            assertTrue(result.withoutWrites(shards.getFirst()).sure() > 5_000, ResultJson.text(result));
            assertTrue(result.measured().readBack());
            assertTrue(result.passed(), () -> DrillWords.verdict(result) + ResultJson.text(result));
            for (int i = 0; i < MANY; i++) {
                assertEquals("0", cluster.call(i, "DBSIZE"));
            }
        }
    }
}
