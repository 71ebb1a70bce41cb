package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a drill strikes when another place is chosen for it. */
class DrillTest {
    private static Drill drill(String name) {
        return Library.named(name).orElseThrow();
    }

    @Test
    void whoeverIsChosenIsStruckOrItIsNotToBeChosen() {
        assertTrue(drill("kill-master").takesNode());
        assertFalse(drill("kill-master").takesHost());
        assertTrue(drill("kill-host").takesHost());
        assertFalse(drill("kill-host").takesNode());
        assertFalse(drill("kill-majority").takesNode() || drill("kill-majority").takesHost());
        assertFalse(
                drill("rolling-restart").takesNode() || drill("rolling-restart").takesHost());
    }

    /** A master and its replica, not the replica of another. */
    @Test
    void aWholeShardIsThatOfTheChosenMaster() {
        var at = Optional.of("10.0.0.2:9000");
        assertEquals(
                List.of(
                        new Fault.Kill(new Fault.Target(at, 1, Fault.Role.MASTER)),
                        new Fault.Kill(new Fault.Target(at, 1, Fault.Role.REPLICA))),
                drill("kill-shard").at(at, Optional.empty()).faults());
    }
}
