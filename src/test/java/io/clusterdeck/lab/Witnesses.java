package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.Complete;
import io.clusterdeck.redis.timeline.Fact;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.Recording;
import io.clusterdeck.redis.timeline.Shown;
import io.clusterdeck.redis.timeline.Stage;
import io.clusterdeck.redis.timeline.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Three records of the same failovers, made at once: from all logs, without the logs of the replicas, and without any log. */
final class Witnesses implements AutoCloseable {
    private static final Set<Stage> OF_THE_HEIR = Set.of(Stage.ELIGIBLE, Stage.WAITS);

    final Recording all;
    final Recording withoutAny;
    private final Recording withoutTheHeirs;
    private final Skewed made;

    Witnesses(Skewed made) throws Exception {
        this.made = made;
        var recordings = List.of(
                        made.spec(), made.withoutLogsOfReplicas(), made.spec().withSites(List.of()))
                .stream()
                .map(spec -> CompletableFuture.supplyAsync(() -> made.record(spec), Thread::startVirtualThread))
                .toList();
        all = recordings.get(0).get();
        withoutTheHeirs = recordings.get(1).get();
        withoutAny = recordings.get(2).get();
    }

    static Kept taken(Recording by, NodeId failed) throws Exception {
        return by.awaitKept("taken over", t -> t.failed().equals(failed) && t.outcome() == Timeline.Outcome.TAKEN_OVER);
    }

    /** What is kept is kept anew when more becomes known; a busy machine tells late. */
    static void soon(ThrowingRunnable holds) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(holds);
    }

    /** Each is complete and in order, and all tell the same. */
    void agree(Node master, Node heir) {
        soon(() -> {
            var best = taken(all, master.id());
            var less = taken(withoutTheHeirs, master.id());
            var least = taken(withoutAny, master.id());
            Complete.check(best, Set.of());
            Complete.check(less, OF_THE_HEIR);
            Complete.check(least, OF_THE_HEIR);
            for (var kept : List.of(best, less, least)) {
                assertEquals(Optional.of(heir.id()), kept.timeline().winner());
                Complete.inOrder(kept.timeline());
                Complete.same(best, kept);
            }
            clocks(best.timeline());
            assertTrue(noted(less.timeline(), "timeline.note.some-logs"), () -> Shown.text(less));
            assertTrue(noted(least.timeline(), "timeline.note.no-logs"), () -> Shown.text(least));
        });
    }

    static boolean noted(Timeline t, String key) {
        return t.notes().stream().anyMatch(n -> n.key().equals(key));
    }

    private void clocks(Timeline t) {
        assertEquals(made.hosts, t.clocks().size());
        for (var clock : t.clocks()) {
            long wrong = clock.host().equals("h2") ? 3_000 : clock.host().equals("h4") ? -3_000 : 0;
            assertTrue(clock.within().isPositive());
            assertTrue(
                    Math.abs(clock.ahead().toMillis() - wrong) <= clock.within().toMillis() + 5, clock::toString);
        }
    }

    /**
     * Two logs rotate right between lines of the same failover: the heir's is renamed, which loses nothing; another's is copied and emptied,
     * which may lose a line. Then that is said, every node that lives is known to have heard of it, and of the others each by its own line.
     */
    void logsRotateWhile(Node master, Node copied) throws Exception {
        var heir = made.heir(master);
        var alive = made.watch.now().nodes().keySet().stream()
                .filter(id -> !id.equals(master.id()))
                .collect(Collectors.toSet());
        var renames = made.rotate(heir, "Start of election delayed", "mv \"$1\" \"$1.1\"");
        var copies = made.rotate(copied, "FAIL\\|Marking", "cp \"$1\" \"$1.1\"; : >\"$1\"");
        made.kill(master);
        agree(master, heir);
        renames.join();
        copies.join();
        soon(() -> {
            var kept = taken(all, master.id());
            var told = kept.timeline().stage(Stage.TOLD);
            assertEquals(alive, Set.copyOf(told.who()), () -> Shown.text(kept));
            var byLine =
                    told.facts().stream().filter(Fact::logged).map(Fact::by).collect(Collectors.toSet());
            byLine.add(copied.id());
            assertEquals(alive, byLine, () -> Shown.text(kept));
            var cut = kept.timeline().notes().getFirst();
            assertEquals("timeline.note.cut", cut.key(), () -> Shown.text(kept));
            assertEquals(List.of(kept.timeline().name(copied.id())), cut.args().get("nodes"));
        });
        made.lab.exec(
                heir.host().orElseThrow().value(),
                "gzip",
                made.site(heir).log().orElseThrow().value() + ".1");
    }

    @Override
    public void close() {
        all.close();
        withoutTheHeirs.close();
        withoutAny.close();
    }
}
