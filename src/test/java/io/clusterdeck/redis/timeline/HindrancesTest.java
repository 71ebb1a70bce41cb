package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.id;
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
}
