package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.TakeOver;
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
        TakeOver.by(deck.cluster, heir);
        deck.cluster.until(
                "known to all", () -> deck.cluster.info(old, "role").equals("slave") && deck.cluster.settled());
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

    /** More would be lost each time than was shown: no heir is left, then no majority, then no other copy. */
    @Test
    void nobodyIsEndedOnceMoreWouldBeLost() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, CALM), folder)) {
            var c = deck.cluster;
            deck.seesRole(3, false);
            var followed = deck.nodes.kill(deck.id(2), new NodeOperations.Signal.Kill());
            var heir = deck.nodes.kill(deck.id(0), new NodeOperations.Signal.Kill());
            var votes = deck.nodes.kill(deck.id(1), new NodeOperations.Signal.Kill());
            var copy = deck.nodes.restart(deck.id(4));

            // its replica is there, and no longer replicates
            c.call(5, "CONFIG", "SET", "masterauth", "none wants it");
            c.call(2, "CLIENT", "KILL", "TYPE", "replica");
            c.until("not linked", () -> c.info(5, "master_link_status").equals("down"));
            stoppedBy("nodes.process.now-unfollowed", deck.runToEnd(followed));

            c.kill(3);
            stoppedBy("nodes.process.now-alone", deck.runToEnd(heir));
            assertTrue(c.answers(0));

            c.kill(2);
            stoppedBy("nodes.process.now-majority", deck.runToEnd(votes));
            c.kill(1);
            stoppedBy("nodes.process.now-last", deck.runToEnd(copy));
            assertTrue(c.answers(0) && c.answers(4));
        }
    }

    /** A start would have loaded all that the only copy holds when that was shown. */
    @Test
    void theLastCopyIsNotRestartedOnceItWouldLoadLess() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 0, CALM, "appendonly no", "save 3600 1"), folder)) {
            var c = deck.cluster;
            c.fill(30);
            deck.sees("keys", n -> Reload.keys(deck.node(0).info().orElseThrow()) > 0);
            long pid = c.pid(0);
            var offer = deck.nodes.restart(deck.id(0));
            c.call(0, "CONFIG", "SET", "save", "");
            stoppedBy("nodes.process.now-less", deck.runToEnd(offer));
            assertEquals(pid, c.pid(0));
        }
    }
}
