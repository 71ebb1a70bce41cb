package io.clusterdeck.redis.drill;

import static io.clusterdeck.redis.nodes.Layouts.m;
import static io.clusterdeck.redis.nodes.Layouts.r;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.redis.nodes.Layouts;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.say.NotAllowed;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which node a drill means. */
class TargetsTest {
    private final Targets targets = new Targets(new Layouts(3, 1).state(), new Terms(2_000, true, 10, 10));

    @Test
    void aReplicaOfAChosenMasterIsMeant() throws Exception {
        var second = Optional.of("10.0.0.1:9000");
        assertEquals(
                m(1),
                targets.node(new Fault.Target(second, 1, Fault.Role.MASTER)).id());
        assertEquals(
                r(1, 1),
                targets.node(new Fault.Target(second, 1, Fault.Role.REPLICA)).id());
    }

    @Test
    void aPortThatSeveralHaveNamesNobody() {
        var refused = assertThrows(NotAllowed.class, () -> targets.node(Fault.Target.at(":9000")));
        assertEquals("drill.ambiguous", refused.what().key());
    }
}
