package io.clusterdeck.redis.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.redis.nodes.NodeOperations;
import io.clusterdeck.redis.nodes.Operated;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("local")
class FailoverOperationsTest {
    /** On a busy computer a bus link is dropped after half a node-timeout without an answer, and a request for a failover with it. */
    private static final String CALM = "cluster-node-timeout 10000";

    /** When a replica of such a cluster can be elected again: 4 × node-timeout. */
    private static final Duration AGAIN = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private static String why(Operated deck, int i, How how) throws InterruptedException {
        return Operated.refused(deck.failover.failover(deck.id(i), how)).why().key();
    }

    @Test
    void handsOverInOrderAndRefusesTheOtherWays() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, CALM), folder)) {
            deck.seesRole(3, false);
            assertEquals("failover.master-up", why(deck, 3, How.FORCE));
            assertEquals("failover.majority-there", why(deck, 3, How.TAKEOVER));
            assertEquals("failover.no-replica", why(deck, 0, How.GRACEFUL));
            assertFalse(waitsForAnElection(deck, 0));
            long before = System.nanoTime();
            deck.run(deck.failover.failover(deck.id(3), How.GRACEFUL));
            assertEquals("master", deck.cluster.info(3, "role"));
            assertEquals("slave", deck.cluster.info(0, "role"));
            // and back again
            deck.seesRole(0, false);
            deck.run(deck.failover.failover(deck.id(0), How.GRACEFUL));
            assertEquals("master", deck.cluster.info(0, "role"));
            deck.seesRole(0, true);
            deck.seesRole(3, false);
            boolean waits = waitsForAnElection(deck, 0);
            // on a busy computer the hand-back may last until its time has passed
            assertTrue(waits || System.nanoTime() - before > AGAIN.toNanos(), "its replica was elected a moment ago");
        }
    }

    /** Whether who kills that master is told that its replica can't be elected at once. */
    private static boolean waitsForAnElection(Operated deck, int i) throws InterruptedException {
        return Operated.ready(deck.nodes.kill(deck.id(i), new NodeOperations.Signal.Kill())).plan().costs().stream()
                .anyMatch(c -> c.key().equals("nodes.impact.elected-lately"));
    }

    @Test
    void handsMastersBackOneAfterAnother() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, CALM), folder)) {
            var upkeep = Upkeep.NONE.planned(Set.of(
                    deck.node(0).address(), deck.node(1).address(), deck.node(2).address()));
            deck.seesRole(3, false);
            assertEquals(
                    "failover.back.nothing",
                    Operated.refused(deck.failover.handBack(upkeep)).why().key());
            var gone = Map.of(new NodeId("f".repeat(40)), deck.id(0));
            assertEquals(
                    "failover.over.nothing",
                    Operated.refused(deck.failover.handOver(gone, Say.of("safety.plan")))
                            .why()
                            .key());
            deck.run(deck.failover.failover(deck.id(3), How.GRACEFUL));
            deck.run(deck.failover.failover(deck.id(4), How.GRACEFUL));
            deck.seesRole(3, true);
            deck.seesRole(4, true);
            deck.seesRole(0, false);
            deck.seesRole(1, false);
            var offer = deck.failover.handBack(upkeep);
            assertEquals(4, Operated.ready(offer).plan().stages().size(), "each is settled before the next begins");
            deck.run(offer);
            assertEquals("master", deck.cluster.info(0, "role"));
            assertEquals("master", deck.cluster.info(1, "role"));
        }
    }

    @Test
    void forceWhereTheMasterIsDown() throws Exception {
        try (var deck = new Operated(
                new LocalRecipe(3, 1).directives("cluster-node-timeout 60000").start(), folder)) {
            deck.cluster.kill(0);
            seesMissed(deck);
            assertEquals("failover.master-down", why(deck, 3, How.GRACEFUL));
            deck.run(deck.failover.failover(deck.id(3), How.FORCE));
            assertEquals("master", deck.cluster.info(3, "role"));
            deck.run(deck.nodes.start(deck.id(0)));
            assertEquals("slave", deck.cluster.info(0, "role"));
        }
    }

    /** Only our way to a master is cut: FORCE would lose what it accepts, and the graceful way goes over the bus. */
    @Test
    void aMasterThatOnlyWeMissHandsOverInOrder() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, CALM), folder)) {
            deck.seesRole(3, false);
            deck.cutOff(0);
            var force = Operated.refused(deck.failover.failover(deck.id(3), How.FORCE));
            assertEquals("failover.unreached", force.why().key());
            assertEquals(
                    deck.node(3).address().toString(),
                    ((Consent.Type) force.insist().getFirst().consent()).text());
            var offer = deck.failover.failover(deck.id(3), How.GRACEFUL);
            assertTrue(Operated.ready(offer).plan().costs().stream()
                    .anyMatch(c -> c.key().equals("failover.cost.unseen")));
            deck.run(offer);
            assertEquals("master", deck.cluster.info(3, "role"));
            assertEquals("slave", deck.cluster.info(0, "role"));
        }
    }

    /** Waits until the watch sees that others miss the first master, too, and that its replica lost its link. */
    private static void seesMissed(Operated deck) {
        deck.seesDown(0);
        deck.cluster.until("missed", () -> Standing.of(deck.node(0), deck.node(3)) == Standing.DOWN);
    }

    private static String refusedAtLast(Operated deck, Step step) {
        return assertThrows(NotAllowed.class, () -> step.apply(deck.ops.ground(), line -> {}))
                .what()
                .key();
    }

    /** It was down when FORCE was offered, and is looked at again right before that is sent. */
    @Test
    void aMasterThatIsBackIsNotForced() throws Exception {
        try (var deck = new Operated(
                new LocalRecipe(3, 1).directives("cluster-node-timeout 60000").start(), folder)) {
            deck.cluster.kill(0);
            seesMissed(deck);
            var step = Operated.ready(deck.failover.failover(deck.id(3), How.FORCE))
                    .plan()
                    .steps()
                    .getFirst();
            deck.cluster.start(0);
            deck.cluster.until(
                    "back", () -> deck.cluster.info(3, "master_link_status").equals("up"));
            assertEquals("failover.master-up", refusedAtLast(deck, step));
            deck.cutOff(0);
            assertEquals("failover.doubted", refusedAtLast(deck, step), "only we don't see that it is back");
            assertEquals("slave", deck.cluster.info(3, "role"));
        }
    }

    @Test
    void takeoverWhereNobodyCanVote() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1), folder)) {
            deck.cluster.signal(0, "STOP");
            deck.cluster.signal(1, "STOP");
            deck.seesDown(0);
            deck.cluster.until(
                    "suspected",
                    () -> java.util.stream.IntStream.of(0, 1)
                            .noneMatch(i -> deck.node(i).suspectedBy().isEmpty()));
            assertEquals("failover.no-majority", why(deck, 3, How.FORCE));
            var offer = deck.failover.failover(deck.id(3), How.TAKEOVER);
            assertEquals(
                    deck.node(3).address().toString(),
                    ((Consent.Type) Operated.ready(offer).consent()).text());
            deck.run(offer);
            assertEquals("master", deck.cluster.info(3, "role"));
        }
    }

    @Test
    void aFailoverThatIsGivenUpSilentlyIsSaid() throws Exception {
        try (var deck = new Operated(
                new LocalRecipe(3, 1).directives("cluster-node-timeout 60000").start(), folder)) {
            deck.seesRole(3, false);
            var offer = deck.failover.failover(deck.id(3), How.GRACEFUL);
            deck.cluster.signal(0, "STOP");
            var run = deck.runToEnd(offer);
            assertEquals(Outcome.FAILED, run.ended().orElseThrow().outcome());
            assertTrue(run.steps().toString().contains("failover.gave-up"), run.steps()::toString);
            assertEquals("slave", deck.cluster.info(3, "role"));
        }
    }
}
