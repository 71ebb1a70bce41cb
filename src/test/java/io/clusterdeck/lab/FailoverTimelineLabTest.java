package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.timeline.Complete;
import io.clusterdeck.redis.timeline.Recording;
import io.clusterdeck.redis.timeline.Shown;
import io.clusterdeck.redis.timeline.Stage;
import io.clusterdeck.redis.timeline.StageSpan;
import io.clusterdeck.redis.timeline.Timeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Failovers on hosts whose clocks are 3 s wrong in both directions, each recorded by all witnesses. One cluster of five shards; each test takes
 * shards that are still whole.
 */
@Tag("lab")
@Tag("soak")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FailoverTimelineLabTest {
    @TempDir
    static Path folder;

    private static Skewed made;
    private static List<Node> masters;
    private static Witnesses witnesses;

    @BeforeAll
    static void build() throws Exception {
        made = new Skewed(folder, 5, 5);
        masters = made.masters();
        witnesses = new Witnesses(made);
    }

    /** A host is cut off from everybody, us included: the story is that of the others until it can be asked again. */
    @Test
    @Order(0)
    void theSideThatCanNotBeAskedIsAddedLater() throws Exception {
        var master = masters.get(4);
        var host = master.host().orElseThrow().value();
        try {
            made.lab.cut(host, "both");
            for (var by : List.of(witnesses.all, witnesses.withoutAny)) {
                by.await(
                        "one side",
                        t -> t.failed().equals(master.id())
                                && t.outcome() == Timeline.Outcome.TAKEN_OVER
                                && Witnesses.noted(t, "timeline.note.one-side"));
            }
        } finally {
            made.lab.heal(host);
        }
        witnesses.all.await(
                "both sides",
                t -> t.failed().equals(master.id())
                        && !Witnesses.noted(t, "timeline.note.one-side")
                        && t.why().stream().anyMatch(w -> w.key().equals("timeline.why.cut-off")));
        witnesses.withoutAny.await(
                "nobody wrote it down",
                t -> t.failed().equals(master.id()) && Witnesses.noted(t, "timeline.note.unseen"));
        made.masterOf(master.slots().getFirst().from());
    }

    @Test
    @Order(1)
    void logsRotateWhileAMasterIsReplaced() throws Exception {
        witnesses.logsRotateWhile(masters.get(0), masters.get(1));
    }

    @Test
    @Order(2)
    void atDebugLevelTheSuspicionIsALine() throws Exception {
        made.loglevel("debug");
        var master = masters.get(1);
        var heir = made.heir(master);
        made.kill(master);
        witnesses.agree(master, heir);
        var suspected = Witnesses.taken(witnesses.all, master.id()).timeline().stage(Stage.SUSPECTED);
        assertEquals(StageSpan.State.DONE, suspected.state());
        assertTrue(suspected.facts().stream()
                .anyMatch(f -> f.is(io.clusterdeck.redis.timeline.What.SUSPECTS) && f.logged()));
        made.loglevel("notice");
    }

    @Test
    @Order(3)
    void twoAtOnceAreTold() throws Exception {
        var first = masters.get(2);
        var second = masters.get(3);
        var heirs = List.of(made.heir(first), made.heir(second));
        made.kill(first);
        made.kill(second);
        witnesses.agree(first, heirs.get(0));
        witnesses.agree(second, heirs.get(1));
    }

    /** Who comes later reads all of it back, from rotated and compressed files, too. */
    @Test
    @Order(4)
    void whatWasIsReadBack() throws Exception {
        try (var later = made.record(made.spec())) {
            for (int i = 0; i < 4; i++) {
                var failed = masters.get(i).id();
                Witnesses.soon(() -> {
                    var seen = Witnesses.taken(witnesses.all, failed);
                    var read = Witnesses.taken(later, failed);
                    Complete.inOrder(read.timeline());
                    Complete.same(seen, read);
                    assertEquals(seen.timeline().epoch(), read.timeline().epoch());
                    assertEquals(
                            Set.copyOf(seen.timeline().stage(Stage.VOTES).who()),
                            Set.copyOf(read.timeline().stage(Stage.VOTES).who()),
                            () -> Shown.text(seen) + Shown.text(read));
                });
            }
            assertEquals(1, told(later, masters.get(0)));
            assertEquals(1, told(later, masters.get(3)));
        }
    }

    private static long told(Recording by, Node failed) {
        return by.timelines().stream()
                .filter(t -> t.failed().equals(failed.id()))
                .count();
    }

    /** A host is cut off from the others, not from us: both sides say what they believe, and both are told. */
    @Test
    @Order(5)
    void aSplitNetworkIsToldFromBothSides() throws Exception {
        var master = made.masterOf(masters.get(4).slots().getFirst().from());
        var host = master.host().orElseThrow().value();
        try {
            made.lab.hosts().stream()
                    .limit(5)
                    .filter(h -> !h.equals(host))
                    .forEach(h -> made.lab.cut(host, "both", "--to", h));
            for (var by : List.of(witnesses.all, witnesses.withoutAny)) {
                by.await(
                        "split",
                        t -> t.failed().equals(master.id())
                                && t.why().stream()
                                        .anyMatch(w -> w.key().equals("timeline.why.partition")
                                                && some(w.args().get("here"))
                                                && some(w.args().get("there"))));
            }
        } finally {
            made.lab.heal(host);
        }
    }

    /** What the cut-off master holds for lost is told in the failover of each of those, too: here one of them may be left. */
    private static boolean some(@Nullable Object names) {
        return names instanceof List<?> list && !list.isEmpty();
    }

    @AfterAll
    static void end() throws Exception {
        if (witnesses != null) {
            witnesses.close();
        }
        if (made != null) {
            made.close();
        }
    }
}
