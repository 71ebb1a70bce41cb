package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.TakeOver;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.Timeline.Kind;
import io.clusterdeck.redis.timeline.Timeline.Outcome;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real failovers, recorded: with the nodes' logs, and without any. */
@Tag("local")
class RecorderTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMasterDies(boolean logs) throws Exception {
        try (var r = new LocalRecording(LocalCluster.start(3, 1), logs)) {
            var failed = r.cluster.server(0).id();
            var heir = r.cluster.server(3).id();
            r.cluster.kill(0);
            var kept = r.recording.awaitKept(
                    "taken over", x -> x.failed().equals(failed) && x.outcome() == Outcome.TAKEN_OVER);
            var t = kept.timeline();
            Complete.check(kept, logs ? Set.of() : Set.of(Stage.ELIGIBLE, Stage.WAITS));
            assertEquals(2, t.stage(Stage.VOTES).who().size() - 1, () -> "votes: " + Shown.text(kept));
            assertEquals(logs, t.facts().stream().anyMatch(Fact::logged));
            assertEquals(Optional.of(heir), t.winner());
            assertEquals(Kind.AUTOMATIC, t.kind());
            if (logs) {
                toldHoweverLongThatTakes(r, failed);
            }
        }
    }

    /** A computer that has much to do: who asks for all that the logs tell gets all of it. */
    private static void toldHoweverLongThatTakes(LocalRecording r, NodeId failed) throws Exception {
        var asks = Thread.currentThread();
        var slow = new Shelf() {
            @Override
            public void keep(String name, String json) {}

            /** A second after who asks waits for nothing but what is told. */
            @Override
            public List<String> names() {
                Awaitility.await().until(() -> waitsForTelling(asks));
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                return List.of();
            }

            @Override
            public String read(String name) {
                throw new IllegalArgumentException(name);
            }
        };
        try (var later = new Recorder(r.cluster::spec, r.watch, r.links, new LocalGround(), slow)) {
            assertEquals(
                    List.of(failed),
                    later.settled(Duration.ofSeconds(60)).stream()
                            .map(k -> k.timeline().failed())
                            .toList());
        }
    }

    private static boolean waitsForTelling(Thread asks) {
        var calls = Stream.of(asks.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .toList();
        int settled = calls.indexOf("settled");
        return settled > 0 && !calls.get(settled - 1).equals("calmSince") && !calls.contains("tryAcquireSharedNanos");
    }

    /** As logrotate's copytruncate does, right after the node heard of the failure: the copy is read, and what may be lost is said. */
    @Test
    void aLogIsCopiedAndEmptiedMeanwhile() throws Exception {
        try (var r = new LocalRecording(LocalCluster.start(3, 1), true)) {
            var log = r.cluster.server(1).log();
            r.cluster.kill(0);
            Awaitility.await().until(() -> Files.readString(log).matches("(?s).*(FAIL message|Marking node).*"));
            Files.copy(log, log.resolveSibling(log.getFileName() + ".1"));
            Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            var hears = r.cluster.server(1).id();
            r.recording.await(
                    "the copy is read, and the loss is said",
                    t -> t.outcome() == Outcome.TAKEN_OVER
                            && t.notes().getFirst().key().equals("timeline.note.cut")
                            && t.stage(Stage.TOLD).facts().stream().anyMatch(f -> f.logged() && f.by().equals(hears)));
        }
    }

    /** The operator's hand is seen by the messages alone. */
    @Test
    void byHandWithoutAnyLog() throws Exception {
        try (var r = new LocalRecording(LocalCluster.start(3, 1), false)) {
            TakeOver.by(r.cluster, 3);
            var t = r.recording.await("handed over", x -> x.outcome() == Outcome.TAKEN_OVER && x.kind() == Kind.MANUAL);
            assertEquals(r.cluster.server(0).id(), t.failed());
            assertEquals(Optional.of(r.cluster.server(3).id()), t.winner());
        }
    }

    /** Kept as soon as it is closed, however slow the disk: the program may end then, or the folder be removed. */
    @Test
    void onceItIsClosedWhatIsOverIsKeptAndNothingMoreIs() throws Exception {
        try (var r = new LocalRecording(LocalCluster.start(3, 1), false)) {
            var closer = Thread.currentThread();
            var kept = new ConcurrentLinkedQueue<String>();
            var returned = new AtomicBoolean();
            var slow = new Shelf() {
                @Override
                public void keep(String name, String json) {
                    Awaitility.await()
                            .until(() -> returned.get()
                                    || Stream.of(closer.getStackTrace())
                                            .anyMatch(f -> f.getMethodName().equals("join")));
                    kept.add(name);
                }

                @Override
                public List<String> names() {
                    return List.of();
                }

                @Override
                public String read(String name) {
                    throw new IllegalArgumentException(name);
                }
            };
            var recorder = new Recorder(r.cluster::spec, r.watch, r.links, new LocalGround(), slow);
            recorder.settled(Duration.ofSeconds(60));
            r.cluster.kill(0);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() ->
                            recorder.all().stream().anyMatch(k -> k.timeline().over()));
            recorder.close();
            var then = List.copyOf(kept);
            returned.set(true);
            assertEquals(1, then.size());
        }
    }

    /** No replica: nobody can take over, and that is said; then the master comes back. */
    @Test
    void nobodyCanTakeOver() throws Exception {
        try (var r = new LocalRecording(LocalCluster.start(3, 0), false)) {
            r.cluster.kill(0);
            var t = r.recording.await(
                    "stuck",
                    x -> x.outcome() == Outcome.STUCK
                            && x.why().stream().anyMatch(w -> w.key().equals("timeline.why.coverage")));
            assertEquals("timeline.why.no-replica", t.why().getFirst().key(), () -> Shown.text(Kept.of(t)));
            r.cluster.start(0);
            r.recording.await("back", x -> x.outcome() == Outcome.CAME_BACK);
        }
    }

    /** Two of three masters are gone: no majority can agree, and the missing ones are named. */
    @Test
    void noMajority() throws Exception {
        try (var r = new LocalRecording(LocalCluster.start(3, 1), false)) {
            r.cluster.kill(0);
            r.cluster.kill(1);
            var missing = List.of(
                    Integer.toString(r.cluster.server(0).port()),
                    Integer.toString(r.cluster.server(1).port()));
            r.recording.await(
                    "no majority",
                    x -> x.outcome() == Outcome.STUCK
                            && x.why().getFirst().key().equals("timeline.why.no-majority")
                            && missing.equals(x.why().getFirst().args().get("missing")));
        }
    }
}
