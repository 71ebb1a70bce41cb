package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.redis.LocalCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is ended for what it was when that was agreed to, be it a minute ago or in a run that is resumed. */
@Tag("local")
class StillTest {
    private static final String CALM = "cluster-node-timeout 10000";

    @TempDir
    Path folder;

    private static void stoppedBy(String why, RunState end) {
        assertEquals(Outcome.FAILED, end.ended().orElseThrow().outcome());
        assertTrue(end.steps().toString().contains(why), end.steps()::toString);
    }

    private static void takesOver(Operated deck, int heir, int old) {
        assertEquals("OK", deck.cluster.call(heir, "CLUSTER", "FAILOVER"));
        deck.cluster.until(
                "taken over",
                () -> deck.cluster.info(heir, "role").equals("master")
                        && deck.cluster.info(old, "role").equals("slave")
                        && deck.cluster.settled());
    }

    /** Nothing was at stake: it was a replica. By the time it is to be stopped it has been elected. */
    @Test
    void aReplicaThatWasElectedMeanwhileIsNotRestarted() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, CALM), folder)) {
            deck.seesRole(3, false);
            long pid = deck.cluster.pid(3);
            var offer = deck.nodes.restart(deck.id(3));
            takesOver(deck, 3, 0);
            stoppedBy("nodes.process.now-owner", deck.runToEnd(offer));
            assertEquals(pid, deck.cluster.pid(3));
            var plan = Operated.ready(offer).plan().id();
            stoppedBy("nodes.process.now-owner", deck.runs.resume(plan).await());
            assertEquals(pid, deck.cluster.pid(3));
            // and once all is as it was shown, the run that was stopped goes on
            assertEquals("OK", deck.cluster.call(0, "CLUSTER", "FAILOVER", "TAKEOVER"));
            deck.cluster.until(
                    "back",
                    () -> deck.cluster.info(3, "role").equals("slave")
                            && deck.cluster.info(0, "role").equals("master")
                            && deck.cluster.settled());
            var end = deck.runs.resume(plan).await();
            assertEquals(Outcome.DONE, end.ended().orElseThrow().outcome(), end.steps()::toString);
            assertTrue(pid != deck.cluster.pid(3));
        }
    }

    /** Its replica was to take its slots over, and is gone by now. */
    @Test
    void aMasterIsNotKilledOnceNobodyTakesOver() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, CALM), folder)) {
            deck.seesRole(3, false);
            var offer = deck.nodes.kill(deck.id(0), new NodeOperations.Signal.Kill());
            deck.cluster.kill(3);
            stoppedBy("nodes.process.now-alone", deck.runToEnd(offer));
            assertTrue(deck.cluster.answers(0));
        }
    }
}
