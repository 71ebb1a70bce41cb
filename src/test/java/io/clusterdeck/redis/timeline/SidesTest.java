package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.NOON;
import static io.clusterdeck.redis.timeline.Acted.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.timeline.Timeline.Outcome;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A failover that is told from one side only, until the other one can be asked. */
class SidesTest {
    private static Fact contact(int port, long millis, What what) {
        return new Fact(
                NOON.plusMillis(millis),
                Duration.ofMillis(50),
                what,
                id(port),
                Optional.empty(),
                -1,
                "",
                new Evidence.Contact(Say.of("timeline.saw.gone")));
    }

    /** As the view of 9000 shows it. */
    private static Fact suspected(int port) {
        return new Fact(
                NOON.plusMillis(5_300),
                Duration.ofMillis(50),
                What.SUSPECTS,
                id(9000),
                Optional.of(id(port)),
                -1,
                "",
                new Evidence.View(Say.of("timeline.saw.flag", "flag", "fail?")));
    }

    private static Timeline of(List<Timeline> told, int port) {
        return told.stream()
                .filter(t -> t.failed().equals(id(port)))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> notes(Timeline t) {
        return t.notes().stream().map(Say::key).toList();
    }

    private static boolean split(Timeline t) {
        return t.why().stream()
                .anyMatch(w -> w.key().equals("timeline.why.cut-off")
                        && w.args().get("t").equals(5_410L));
    }

    /** The cut-off master's log is read later: then its side is told. */
    @Test
    void itsSideIsAddedWhenItsLogCanBeRead() {
        var acted = new Acted().unheard(9000).failover(0, 0, 13);
        var gone = contact(9000, 100, What.GONE);
        var first = of(acted.told(20_000, gone), 9000);
        assertEquals(Outcome.TAKEN_OVER, first.outcome());
        assertEquals(List.of("timeline.note.one-side"), notes(first));
        assertEquals(List.of("9000"), first.notes().getFirst().args().get("nodes"));
        assertEquals(
                List.of("9001", "9002", "9003", "9004", "9005"),
                first.notes().getFirst().args().get("others"));
        assertFalse(split(first));

        acted.heard(9000).line(9000, 5_410, "Cluster state changed: fail");
        var whole = of(acted.told(40_000, contact(9000, 30_000, What.BACK)), 9000);
        assertEquals(List.of(), notes(whole));
        assertTrue(split(whole), () -> Shown.text(Kept.of(whole)));
        assertEquals(first.id(), whole.id());
        assertEquals(first.winner(), whole.winner());
    }

    /** Who has no log and was not dead keeps what it saw for itself; who was started anew saw nothing. */
    @Test
    void whatNobodyWroteDownStaysUnknown() {
        for (boolean restarted : List.of(false, true)) {
            var acted = new Acted().noLog(9000).unheard(9000).failover(0, 0, 13);
            var gone = contact(9000, 100, What.GONE);
            assertEquals(List.of("timeline.note.one-side"), notes(of(acted.told(20_000, gone), 9000)));
            acted.heard(9000);
            var back = contact(9000, 30_000, What.BACK);
            var told = restarted
                    ? acted.told(40_000, back, contact(9000, 30_100, What.STARTED))
                    : acted.told(40_000, back);
            assertEquals(restarted ? List.of() : List.of("timeline.note.unseen"), notes(of(told, 9000)));
        }
    }

    /** We are on the side of the one that was cut off: what it believes is told as its side, then what the others did. */
    @Test
    void onlyTheCutOffMasterCanBeAsked() {
        var acted = new Acted().line(9000, 5_410, "Cluster state changed: fail");
        var others = List.of(9001, 9002, 9003, 9004, 9005);
        others.forEach(acted::unheard);
        var gone = Stream.concat(
                        others.stream().map(p -> contact(p, 100, What.GONE)),
                        Stream.of(9001, 9002).map(SidesTest::suspected))
                .toArray(Fact[]::new);
        var here = of(acted.told(20_000, gone), 9001);
        assertTrue(notes(here).contains("timeline.note.one-side"), () -> Shown.text(Kept.of(here)));
        assertEquals(List.of("9000"), here.notes().getFirst().args().get("others"));

        others.forEach(acted::heard);
        acted.failover(0, 0, 13);
        var back = others.stream().map(p -> contact(p, 30_000, What.BACK)).toArray(Fact[]::new);
        var there = of(acted.told(40_000, back), 9000);
        assertEquals(Outcome.TAKEN_OVER, there.outcome(), () -> Shown.text(Kept.of(there)));
        assertTrue(split(there), () -> Shown.text(Kept.of(there)));
        assertTrue(there.why().stream().anyMatch(w -> w.key().equals("timeline.why.partition")));
        assertEquals(List.of(), notes(there));
    }

    /** It has no replica, is cut off for a while, and heals: nothing of it was replaced. */
    @Test
    void whatWasNotReplacedIsNotLost() {
        var t = of(
                new Acted()
                        .replicas(0)
                        .line(9000, 5_410, "Cluster state changed: fail")
                        .line(9001, 6_130, "Marking node " + id(9000) + " as failing (quorum reached).")
                        .line(9001, 26_000, "Clear FAIL state for node " + id(9000) + ": is reachable again.")
                        .told(40_000, contact(9000, 100, What.GONE), contact(9000, 25_000, What.BACK)),
                9000);
        assertEquals(Outcome.CAME_BACK, t.outcome());
        var why = t.why().stream().map(Say::key).toList();
        assertTrue(why.contains("timeline.why.cut-off.kept"), why::toString);
        assertFalse(why.contains("timeline.why.cut-off"), why::toString);
    }

    /** Two hosts lose power, and the first one is back before the second: it finds the other one lost, as all others do. */
    @Test
    void twoThatDiedAreNoSplitNetwork() {
        var acted = new Acted().masters(5).failover(0, 0, 13).failover(1, 100, 14);
        acted.line(9000, 9_000, "Node configuration loaded, I'm " + id(9000))
                .line(9000, 14_500, "*** NODE " + id(9001) + " possibly failing");
        for (var t : acted.told(40_000)) {
            assertTrue(
                    t.why().stream().noneMatch(w -> w.key().equals("timeline.why.partition")),
                    () -> Shown.text(Kept.of(t)));
        }
    }

    /** Both are gone for good, and the first one had heard of the other just before it died. */
    @Test
    void whomBothHoldForLostIsOnNeitherSide() {
        var acted = new Acted().masters(5).failover(1, 0, 14);
        acted.line(9000, 6_135, "FAIL message received from " + id(9004) + " about " + id(9001))
                .failover(0, 6_500, 15);
        for (var t : acted.told(40_000, contact(9000, 6_550, What.GONE))) {
            assertTrue(
                    t.why().stream().noneMatch(w -> w.key().equals("timeline.why.partition")),
                    () -> Shown.text(Kept.of(t)));
        }
    }
}
