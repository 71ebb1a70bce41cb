package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.ProcessState;
import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.nodes.NodeOperations.Signal;
import io.clusterdeck.say.Say;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations on real clusters. */
@Tag("local")
class NodeOperationsTest {
    @TempDir
    Path folder;

    private static List<String> stages(Offer offer) {
        return Operated.ready(offer).plan().stages().stream().map(Stage::id).toList();
    }

    static boolean says(List<Say> says, String key) {
        return says.stream().anyMatch(s -> s.key().equals(key));
    }

    @Test
    void aKilledMasterIsReplacedAndComesBackAsReplica() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1), folder)) {
            deck.cluster.fill(300);
            long pid = deck.cluster.pid(0);
            var kill = deck.nodes.kill(deck.id(0), new Signal.Kill());
            var costs = Operated.ready(kill).plan().costs();
            assertTrue(says(costs, "nodes.impact.slots"), costs::toString);
            assertTrue(says(costs, "nodes.impact.others-refuse"), costs::toString);
            assertTrue(says(costs, "nodes.successor.only"), costs::toString);
            assertEquals(Consent.Ask.class, Operated.ready(kill).consent().getClass());
            deck.run(kill);
            assertTrue(ProcessState.ended(pid));
            assertEquals("master", deck.cluster.info(3, "role"), "its replica took over before the run ended");
            deck.seesDown(0);
            deck.seesRole(3, true);

            deck.run(deck.nodes.start(deck.id(0)));
            assertEquals("slave", deck.cluster.info(0, "role"));
            assertEquals("up", deck.cluster.info(0, "master_link_status"));
            assertEquals(deck.cluster.call(3, "DBSIZE"), deck.cluster.call(0, "DBSIZE"));
            assertTrue(deck.learned.containsKey(deck.cluster.server(0).address()));
            assertEquals("nodes.runs-already", againRefused(deck));
        }
    }

    private static String againRefused(Operated deck) throws InterruptedException {
        deck.seesRole(0, false);
        return Operated.refused(deck.nodes.start(deck.id(0))).why().key();
    }

    @Test
    void aRestartedMasterHandsOverFirst() throws Exception {
        try (var deck = new Operated(
                LocalCluster.start(3, 1, "save \"\"", "appendonly no", "cluster-node-timeout 10000"), folder)) {
            deck.cluster.fill(300);
            var before = deck.cluster.call(0, "DBSIZE");
            long pid = deck.cluster.pid(0);
            var restart = deck.nodes.restart(deck.id(0));
            assertEquals(List.of("hand-over", "stop", "start", "settle"), stages(restart));
            deck.run(restart);
            assertNotEquals(pid, deck.cluster.pid(0));
            assertEquals("master", deck.cluster.info(3, "role"));
            assertEquals("slave", deck.cluster.info(0, "role"));
            assertEquals(before, deck.cluster.call(3, "DBSIZE"), "nothing is lost although nothing is kept on disk");
            assertEquals(before, deck.cluster.call(0, "DBSIZE"));
        }
    }

    @Test
    void aStopThatHandedOverEndsWhenTheOthersMissIt() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, "cluster-node-timeout 5000"), folder)) {
            deck.seesRole(3, false);
            var stop = deck.nodes.stop(deck.id(0));
            assertEquals(List.of("hand-over", "stop", "settle"), stages(stop));
            var shown = ((Offer.Ready) stop).plan().steps().getLast().commands().getFirst();
            assertFalse(shown.contains(" -p " + deck.cluster.server(0).address().port() + " "), shown);
            deck.run(stop);
            assertEquals("master", deck.cluster.info(3, "role"));
            var views = IntStream.rangeClosed(1, 5)
                    .mapToObj(i -> deck.cluster.call(i, "CLUSTER", "NODES"))
                    .toList();
            long missed = views.stream()
                    .filter(v -> v.lines().anyMatch(l -> l.startsWith(deck.id(0).value()) && l.contains("fail")))
                    .count();
            assertTrue(missed >= 3, () -> String.join("\n", views));
        }
    }

    @Test
    void theLastCopyIsNotRestartedEmptied() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 0, "save \"\"", "appendonly no"), folder)) {
            deck.cluster.fill(300);
            deck.sees("keys", n -> Reload.keys(deck.node(0).info().orElseThrow()) > 0);
            for (var offer : List.of(deck.nodes.restart(deck.id(0)), deck.nodes.stop(deck.id(0)))) {
                var refused = Operated.refused(offer);
                assertEquals("nodes.refused.less", refused.why().key());
                assertEquals(
                        new Say("nodes.reload.nothing-kept", java.util.Map.of()),
                        ((List<?>) refused.why().args().get("why")).getFirst());
                assertEquals(
                        deck.node(0).address().toString(),
                        ((Consent.Type) refused.insist().getFirst().consent()).text());
            }
            assertEquals(
                    "nodes.refused.all-less",
                    Operated.refused(deck.nodes.stopAll()).why().key());
            // who insists gets what was said: fewer keys, and a run that says so
            var run = deck.runToEnd(
                    Operated.refused(deck.nodes.restart(deck.id(0))).insist().getFirst());
            assertEquals(Outcome.FAILED, run.ended().orElseThrow().outcome());
            assertTrue(
                    run.steps().values().stream()
                            .flatMap(s -> s.busy().stream())
                            .anyMatch(s -> s.key().equals("nodes.start.less")),
                    run.steps()::toString);
        }
    }

    @Test
    void aMasterThatDiedEmptiedIsNotStartedOverItsReplicas() throws Exception {
        // node-timeout is long, so that nobody takes over meanwhile
        try (var deck = new Operated(
                new LocalRecipe(3, 1)
                        .directives("save \"\"", "appendonly no", "cluster-node-timeout 60000")
                        .start(),
                folder)) {
            deck.cluster.fill(300);
            deck.sees("keys", n -> Reload.keys(deck.node(0).info().orElseThrow()) > 0);
            deck.cluster.kill(0);
            deck.seesDown(0);
            var refused = Operated.refused(deck.nodes.start(deck.id(0)));
            assertEquals("nodes.refused.start-less", refused.why().key());
            assertEquals(
                    "nodes.refused.all-start-less",
                    Operated.refused(deck.nodes.startAll()).why().key());
            assertEquals(
                    Consent.Type.class, refused.insist().getFirst().consent().getClass());
        }
    }

    @Test
    void aFolderOfAnotherNodeIsNotStarted() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1), folder)) {
            deck.cluster.kill(4);
            deck.cluster.kill(5);
            deck.seesDown(4);
            deck.seesDown(5);
            var sites = new java.util.ArrayList<>(deck.cluster.spec().sites());
            var other = sites.get(5);
            sites.set(
                    4,
                    NodeSite.of(
                                    deck.cluster.server(4).address(),
                                    other.host(),
                                    other.binary(),
                                    other.conf(),
                                    other.directory())
                            .logging(other.log())
                            .made());
            var s = deck.cluster.spec();
            deck.keep(new ClusterSpec(s.name(), false, false, s.hosts(), s.seeds(), s.access(), s.user(), sites));
            assertEquals(
                    "nodes.other-node",
                    Operated.refused(deck.nodes.start(deck.id(4))).why().key());
        }
    }

    @Test
    void aPausedNodeContinuesByItself() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1), folder)) {
            long pid = deck.cluster.pid(4);
            var pause = deck.nodes.kill(deck.id(4), new Signal.Stop(Duration.ofSeconds(3)));
            assertEquals(List.of("signal", "settle"), stages(pause));
            deck.run(pause);
            assertEquals(pid, deck.cluster.pid(4));
            assertEquals("slave", deck.cluster.info(4, "role"));
        }
    }

    @Test
    void aPauseEndsWithTheRunThatIsCancelledAndByItsTimerWhenWeAreGone() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1), folder)) {
            long pid = deck.cluster.pid(4);
            var run =
                    deck.runs.start(Operated.ready(deck.nodes.kill(deck.id(4), new Signal.Stop(Duration.ofMinutes(5))))
                            .plan());
            deck.cluster.until("stopped", () -> ProcessState.of(pid) == 'T');
            assertEquals(
                    "nodes.hangs",
                    Operated.refused(deck.nodes.restart(deck.id(4))).why().key());
            run.cancel();
            run.await();
            assertNotEquals('T', ProcessState.of(pid), "cancel continues it at once");

            // the step alone, and then nobody: what remains is the timer on the host
            var offer = Operated.ready(deck.nodes.kill(deck.id(5), new Signal.Stop(Duration.ofSeconds(5))));
            long other = deck.cluster.pid(5);
            offer.plan().steps().getFirst().apply(deck.ops.ground(), line -> {});
            assertEquals('T', ProcessState.of(other));
            deck.cluster.until("continued", () -> ProcessState.of(other) != 'T');
        }
    }

    @Test
    void stopsAndStartsAllReplicasFirst() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1), folder)) {
            deck.cluster.fill(300);
            var stop = deck.nodes.stopAll();
            assertEquals(List.of("replicas", "masters"), stages(stop));
            assertEquals("local", ((Consent.Type) Operated.ready(stop).consent()).text());
            deck.run(stop);
            assertEquals(List.of(), deck.cluster.processes());
            deck.sees("nobody", n -> n.stream().noneMatch(x -> x.answers()));

            deck.run(deck.nodes.startAll());
            for (int replica = 3; replica < 6; replica++) {
                assertEquals("up", deck.cluster.info(replica, "master_link_status"), "in sync before the run ended");
            }
            // one that rewrites its file after a full copy has a child meanwhile
            deck.cluster.until("six alone", () -> deck.cluster.processes().size() == 6);
            deck.cluster.until("settled", deck.cluster::settled);
            int keys = 0;
            for (int i = 0; i < 3; i++) {
                keys += Integer.parseInt(deck.cluster.call(i, "DBSIZE"));
            }
            assertEquals(300, keys);
        }
    }

    @Test
    void productionAsksForTheNameAndReadOnlyRefuses() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1), folder)) {
            var s = deck.cluster.spec();
            deck.keep(marked(s, true, false));
            var asked = Operated.ready(deck.nodes.restart(deck.id(4))).consent();
            assertEquals("local", ((Consent.Type) asked).text());
            deck.keep(marked(s, true, true));
            var look = Operated.ready(deck.aof.check(deck.id(0)));
            assertTrue(look.plan().reads() && look.consent() instanceof Consent.Plain, "a look asks nothing");
            deck.keep(marked(s, false, true));
            for (var offer : List.of(
                    deck.nodes.kill(deck.id(0), new Signal.Kill()),
                    deck.nodes.start(deck.id(0)),
                    deck.nodes.stop(deck.id(0)),
                    deck.nodes.restart(deck.id(0)),
                    deck.nodes.stopAll(),
                    deck.nodes.startAll(),
                    deck.failover.failover(deck.id(3), How.GRACEFUL))) {
                assertEquals("nodes.read-only", Operated.refused(offer).why().key());
            }
        }
    }

    private static ClusterSpec marked(ClusterSpec s, boolean production, boolean readOnly) {
        return new ClusterSpec(s.name(), production, readOnly, s.hosts(), s.seeds(), s.access(), s.user(), s.sites());
    }

    @Test
    void settingsThatLiveOnlyInTheServerAreShownAndAofTurnedOnLiveIsRefused() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 0, "appendonly no"), folder)) {
            deck.cluster.fill(300);
            deck.cluster.call(0, "CONFIG", "SET", "maxmemory", "123456789");
            deck.cluster.call(0, "CONFIG", "SET", "appendonly", "yes");
            deck.sees("keys", n -> Reload.keys(deck.node(0).info().orElseThrow()) > 0);
            var refused = Operated.refused(deck.nodes.restart(deck.id(0)));
            assertTrue(refused.why().toString().contains("nodes.reload.aof-only-live"), refused.why()::toString);
            var costs = refused.insist().getFirst().plan().costs();
            assertTrue(costs.toString().contains("maxmemory 123456789 (0)"), costs::toString);
            deck.cluster.call(0, "CONFIG", "REWRITE");
            Operated.ready(deck.nodes.restart(deck.id(0)));
        }
    }
}
