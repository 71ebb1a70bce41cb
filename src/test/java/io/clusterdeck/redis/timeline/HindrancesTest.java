package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.id;
import static io.clusterdeck.redis.timeline.Acted.saw;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.timeline.Timeline.Outcome;
import io.clusterdeck.say.Say;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why a master was not replaced, where that is easily told wrong. */
class HindrancesTest {

    /** Who suspects alone is told beside those who still trust: no half of the cluster agrees with him. */
    @Test
    void suspectedByTooFew() {
        var acted = new Acted().masters(5);
        var soon = acted.line(9001, 5_020, "*** NODE " + id(9000) + " possibly failing")
                .told(9_000)
                .getFirst();
        assertEquals(Outcome.RUNNING, soon.outcome());
        var t = acted.told(20_000).getFirst();
        assertEquals(Outcome.STUCK, t.outcome());
        var why = t.why().getFirst();
        assertEquals("timeline.why.not-agreed", why.key());
        assertEquals(List.of("9001"), why.args().get("by"));
        assertEquals(List.of("9002", "9003", "9004"), why.args().get("trusting"));
        assertEquals(3, why.args().get("needed"));
    }

    /** It is started again and trusted; that it refuses later, in another outage, does not say that it had lived through this one. */
    @Test
    void whoWasStartedAgainHadNotBeenCutOff() {
        var t = new Acted()
                .replicas(0)
                .line(9001, 6_130, "Marking node " + id(9000) + " as failing (quorum reached).")
                .line(9002, 6_132, "FAIL message received from " + id(9001) + " about " + id(9000))
                .line(9000, 8_000, "Redis is starting")
                .line(9000, 8_010, "Node configuration loaded, I'm " + id(9000))
                .line(
                        9001,
                        18_000,
                        "Clear FAIL state for node " + id(9000)
                                + ": is reachable again and nobody is serving its slots after some time.")
                .line(
                        9002,
                        18_001,
                        "Clear FAIL state for node " + id(9000)
                                + ": is reachable again and nobody is serving its slots after some time.")
                .line(9000, 50_000, "Cluster state changed: fail")
                .told(60_000)
                .getFirst();
        assertEquals(Outcome.CAME_BACK, t.outcome());
        var told = t.why().stream().map(Say::key).toList();
        assertTrue(told.contains("timeline.why.came-back"), told::toString);
        assertFalse(told.contains("timeline.why.cut-off"), told::toString);
    }

    private static List<String> why(Timeline t) {
        return t.why().stream().map(Say::key).toList();
    }

    private static Acted lost() {
        return new Acted()
                .dies(9000)
                .line(9001, 6_130, "Marking node " + id(9000) + " as failing (quorum reached).")
                .line(9002, 6_132, "FAIL message received from " + id(9001) + " about " + id(9000));
    }

    /** They die at the same moment: just before both were well. */
    @Test
    void theOnlyReplicaDiedWithIt() {
        var t = lost().told(20_000, saw(9000, 0, What.GONE, 0), saw(9003, 10, What.GONE, 0))
                .getFirst();
        assertEquals(Outcome.STUCK, t.outcome());
        assertEquals("timeline.why.replicas-away", why(t).getFirst(), () -> Shown.text(Kept.of(t)));
    }

    /** Two of three hang: nothing is marked as failed, so nobody refuses for a slot without a master. */
    @Test
    void whoRefusesBeforeAnythingFailedSeesNoMajority() {
        var t = new Acted()
                .line(9002, 5_410, "Cluster state changed: fail")
                .told(
                        20_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 10, What.GONE, 0),
                        saw(9002, 5_400, What.SUSPECTS, 9000),
                        saw(9002, 5_400, What.SUSPECTS, 9001))
                .getFirst();
        assertTrue(why(t).contains("timeline.why.no-majority"), () -> Shown.text(Kept.of(t)));
        assertTrue(why(t).contains("timeline.why.minority"), () -> Shown.text(Kept.of(t)));
        assertFalse(why(t).contains("timeline.why.coverage"), () -> Shown.text(Kept.of(t)));
        assertTrue(why(lost().line(9002, 6_140, "Cluster state changed: fail")
                        .told(20_000)
                        .getFirst())
                .contains("timeline.why.coverage"));
    }

    /** 9000 was suspected for a second; what happens to 9001 five minutes later explains nothing of that. */
    @Test
    void whatCameBackIsNotExplainedByWhatHappensLater() {
        var acted = new Acted()
                .line(9001, 5_020, "*** NODE " + id(9000) + " possibly failing")
                .told(10_000, saw(9001, 6_000, What.TRUSTS, 9000));
        assertEquals(Outcome.CAME_BACK, acted.getFirst().outcome());
        var later = new Acted()
                .line(9001, 5_020, "*** NODE " + id(9000) + " possibly failing")
                .failover(1, 300_000, 14)
                .told(310_000, saw(9001, 6_000, What.TRUSTS, 9000), saw(9001, 300_010, What.GONE, 0))
                .getFirst();
        assertEquals(id(9000), later.failed());
        assertEquals(acted.getFirst().why(), later.why());
        assertEquals(acted.getFirst().facts().size(), later.facts().size(), () -> Shown.text(Kept.of(later)));
    }

    /** Nobody could agree for minutes; when they can, its data has grown too old, and no log tells it. */
    @Test
    void dataGrowsTooOldWhileNobodyCanAgree() {
        var t = new Acted()
                .seenAs(m -> m.master().isEmpty()
                        ? m
                        : new Member(
                                m.id(), m.name(), m.address(), m.host(), m.master(), 0, "", 77, 1_000, true, false))
                .told(
                        150_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 5_300, What.SUSPECTS, 9000),
                        saw(9001, 120_000, What.HEARS_FAIL, 9000))
                .getFirst();
        assertEquals(Outcome.STUCK, t.outcome());
        assertEquals("timeline.why.too-old.age", why(t).getFirst(), () -> Shown.text(Kept.of(t)));
        assertEquals(121_000L, t.why().getFirst().args().get("age"));
    }

    /** Two of three were lost and are started one after the other: neither could be agreed on. */
    @Test
    void whoIsStartedALittleSoonerWasMissingToo() {
        var why = new Acted()
                        .told(
                                90_000,
                                saw(9000, 0, What.GONE, 0),
                                saw(9001, 0, What.GONE, 0),
                                saw(9002, 5_000, What.SUSPECTS, 9000),
                                saw(9002, 5_000, What.SUSPECTS, 9001),
                                saw(9001, 57_000, What.BACK, 0),
                                saw(9000, 58_000, What.BACK, 0),
                                saw(9002, 58_500, What.TRUSTS, 9001),
                                saw(9002, 60_500, What.TRUSTS, 9000))
                        .stream()
                        .filter(t -> t.failed().equals(id(9000)))
                        .flatMap(t -> t.why().stream())
                        .map(Say::key)
                        .toList();
        assertTrue(why.contains("timeline.why.no-majority"), why::toString);
    }
}
