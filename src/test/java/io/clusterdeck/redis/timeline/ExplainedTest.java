package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.TakeOver;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.Timeline.Kind;
import io.clusterdeck.redis.timeline.Timeline.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What operators ask about: each brought about on real servers, and told with logs and without. */
@Tag("local")
class ExplainedTest {

    /** One cluster, recorded twice. */
    private record Twice(LocalRecording logged, Recording bare) implements AutoCloseable {
        static Twice of(LocalCluster cluster) throws InterruptedException {
            var logged = new LocalRecording(cluster, true);
            var spec = cluster.spec().withSites(List.of());
            return new Twice(logged, new Recording(spec, logged.watch, logged.links, new LocalGround()));
        }

        LocalCluster cluster() {
            return logged.cluster;
        }

        NodeId id(int i) {
            return cluster().server(i).id();
        }

        String port(int i) {
            return Integer.toString(cluster().server(i).port());
        }

        void until(String what, Predicate<Timeline> wanted) {
            logged.recording.await(what + ", from logs", wanted);
            bare.await(what + ", without any log", wanted);
        }

        @Override
        public void close() {
            bare.close();
            logged.close();
        }
    }

    private static boolean says(Timeline t, String key) {
        return t.why().stream().anyMatch(w -> w.key().equals(key));
    }

    @Test
    void byHandInEachWayAndAMasterThatWasBackInTime() throws Exception {
        try (var r = Twice.of(LocalCluster.start(3, 1))) {
            TakeOver.by(r.cluster(), 3, "FORCE");
            r.until(
                    "forced",
                    t -> by(t, r.id(0), r.id(3)) && t.kind() == Kind.FORCED && says(t, "timeline.why.forced"));
            assertEquals("OK", r.cluster().call(4, "CLUSTER", "FAILOVER", "TAKEOVER"));
            r.until(
                    "taken over by force",
                    t -> by(t, r.id(1), r.id(4)) && t.kind() == Kind.TAKEOVER && says(t, "timeline.why.takeover"));
            // two of three masters hang, so that nobody can agree on either, however long it takes us to look
            var hanging = List.of(r.cluster().pid(2), r.cluster().pid(3));
            for (long pid : hanging) {
                LocalCluster.signal(pid, "STOP");
            }
            r.cluster()
                    .until(
                            "suspected",
                            () -> r.logged.watch.now().node(r.id(2)).stream()
                                    .anyMatch(n -> !n.suspectedBy().isEmpty() && !n.failed()));
            for (long pid : hanging) {
                LocalCluster.signal(pid, "CONT");
            }
            r.until(
                    "back in time",
                    t -> t.failed().equals(r.id(2))
                            && t.outcome() == Outcome.CAME_BACK
                            && says(t, "timeline.why.came-back"));
        }
    }

    private static boolean by(Timeline t, NodeId failed, NodeId winner) {
        return t.failed().equals(failed) && t.winner().equals(Optional.of(winner)) && t.outcome() == Outcome.TAKEN_OVER;
    }

    /** The other voters hang: nobody votes, each that is missing is named; later they may deny what they have voted on already. */
    @Test
    void nobodyVotesAndThenTheyDeny() throws Exception {
        try (var r = Twice.of(LocalCluster.start(3, 1))) {
            long one = r.cluster().pid(1);
            long two = r.cluster().pid(2);
            // nobody stands before the voters hang, however long that takes
            assertEquals("OK", r.cluster().call(3, "CONFIG", "SET", "cluster-replica-no-failover", "yes"));
            r.cluster().kill(0);
            r.cluster()
                    .until(
                            "agreed",
                            () -> r.cluster()
                                    .call(3, "CLUSTER", "NODES")
                                    .lines()
                                    .anyMatch(l -> l.startsWith(r.id(0).value()) && l.contains("master,fail ")));
            LocalCluster.signal(one, "STOP");
            LocalCluster.signal(two, "STOP");
            assertEquals("OK", r.cluster().call(3, "CONFIG", "SET", "cluster-replica-no-failover", "no"));
            var missing = List.of(r.port(0), r.port(1), r.port(2));
            r.logged.recording.await(
                    "no votes",
                    t -> t.outcome() == Outcome.STUCK
                            && t.why().stream()
                                    .anyMatch(w -> w.key().equals("timeline.why.votes")
                                            && missing.equals(w.args().get("missing"))));
            LocalCluster.signal(one, "CONT");
            LocalCluster.signal(two, "CONT");
            r.until("taken over at last", t -> by(t, r.id(0), r.id(3)) && says(t, "timeline.why.elected"));
            // whether the first request reaches them late, so that they deny the second, is up to the servers
            boolean deny = deny(r.cluster());
            var t = r.logged.recording.await(
                    "denied",
                    x -> by(x, r.id(0), r.id(3)) && deny == x.facts().stream().anyMatch(f -> f.is(What.DENIES)));
            assertEquals(
                    deny,
                    t.stage(Stage.VOTES).happened().stream()
                            .anyMatch(s -> s.key().equals("timeline.did.votes.denied")),
                    () -> Shown.text(Kept.of(t)));
        }
    }

    private static boolean deny(LocalCluster cluster) throws IOException {
        for (var server : cluster.servers()) {
            if (Files.readString(server.log()).contains("Failover auth denied")) {
                return true;
            }
        }
        return false;
    }

    /** Its replica had been cut off for longer than the limit: it does not stand, and the age is told against the limit. */
    @Test
    void theOnlyReplicaIsTooOld() throws Exception {
        try (var r =
                Twice.of(LocalCluster.start(3, 1, "cluster-replica-validity-factor 1", "repl-ping-replica-period 1"))) {
            assertEquals("OK", r.cluster().call(0, "CONFIG", "SET", "requirepass", "changed"));
            r.cluster().call(3, "CLIENT", "KILL", "TYPE", "master");
            r.cluster()
                    .until(
                            "cut off for long",
                            () -> r.logged.watch.now().node(r.id(3)).flatMap(n -> n.info()).stream()
                                    .anyMatch(i -> i.number("master_link_down_since_seconds")
                                                    .orElse(0)
                                            > 6));
            LocalCluster.signal(
                    r.logged
                            .watch
                            .now()
                            .node(r.id(0))
                            .flatMap(n -> n.info())
                            .orElseThrow()
                            .number("process_id")
                            .orElseThrow(),
                    "KILL");
            r.until(
                    "too old",
                    t -> t.outcome() == Outcome.STUCK
                            && t.why().stream()
                                    .anyMatch(w -> w.key().equals("timeline.why.too-old.age")
                                            && (long) w.args().get("age")
                                                    > (long) w.args().get("limit"))
                            && says(t, "timeline.why.coverage"));
        }
    }

    /** Its replica is gone when it dies; of another master the replica lives and was told not to stand: nobody asks for votes. */
    @Test
    void theReplicaIsGoneOrDoesNotStand() throws Exception {
        try (var r = Twice.of(LocalCluster.start(5, 1, "cluster-require-full-coverage no"))) {
            assertEquals("OK", r.cluster().call(6, "CONFIG", "SET", "cluster-replica-no-failover", "yes"));
            r.cluster().kill(5);
            r.cluster()
                    .until(
                            "the replica is lost",
                            () -> r.logged.watch.now().node(r.id(5)).stream().anyMatch(n -> n.failed()));
            r.cluster().kill(0);
            r.cluster().kill(1);
            r.until(
                    "its replica is away",
                    t -> t.failed().equals(r.id(0))
                            && t.outcome() == Outcome.STUCK
                            && t.why().stream()
                                    .anyMatch(w -> w.key().equals("timeline.why.replicas-away")
                                            && w.args().get("who").toString().contains(r.port(5))));
            r.until(
                    "nobody asks for votes",
                    t -> t.failed().equals(r.id(1))
                            && t.outcome() == Outcome.STUCK
                            && t.why().stream()
                                    .anyMatch(w -> w.key().equals("timeline.why.nobody-asks")
                                            && w.args().get("who").toString().contains(r.port(6))));
        }
    }

    /** Its master hangs for less than the node-timeout, longer than a hand-over may take: nothing changes, and that is told. */
    @Test
    void aHandOverThatIsGivenUp() throws Exception {
        var cluster = LocalCluster.start(3, 1, "cluster-node-timeout 30000");
        try (var logged = new LocalRecording(cluster, true)) {
            long hangs = cluster.pid(0);
            LocalCluster.signal(hangs, "STOP");
            assertEquals("OK", cluster.call(3, "CLUSTER", "FAILOVER"));
            logged.recording.await(
                    "given up",
                    t -> t.failed().equals(cluster.server(0).id())
                            && t.outcome() == Outcome.GIVEN_UP
                            && says(t, "timeline.why.hand-late"));
            LocalCluster.signal(hangs, "CONT");
            TakeOver.by(cluster, 3);
            logged.recording.await(
                    "handed over",
                    t -> by(t, cluster.server(0).id(), cluster.server(3).id())
                            && t.kind() == Kind.MANUAL
                            && says(t, "timeline.why.manual.whole"));
        }
    }

    /** A master loses all of its replicas, and another one spares one of its two. */
    @Test
    void aReplicaMovesToAMasterThatHasNone() throws Exception {
        try (var r = Twice.of(LocalCluster.start(3, 2, "cluster-migration-barrier 1"))) {
            r.cluster().kill(3);
            r.cluster().kill(6);
            r.until(
                    "moved",
                    t -> t.kind() == Kind.MIGRATION
                            && t.failed().equals(r.id(0))
                            && t.outcome() == Outcome.TAKEN_OVER
                            && says(t, "timeline.why.migration"));
        }
    }
}
