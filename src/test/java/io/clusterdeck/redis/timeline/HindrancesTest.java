package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.id;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.timeline.Timeline.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who suspects alone is told beside those who still trust: no half of the cluster agrees with him. */
class HindrancesTest {

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
}
