package io.clusterdeck.redis.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeLike;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotRange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which node lies on which host, and which release runs where. */
class PlacementRulesTest extends SixNodes {

    @Test
    void placement() {
        nodes.remove("r1");
        add("r1", 1, 9001, Role.REPLICA, "m1", 1, 0);
        assertEquals(
                Optional.of(new NodeId("r1")), only("replica-beside-master").node());
    }

    @Test
    void twoOfThreeMastersOnOneHostAfterAFailover() {
        // r2 on host 3 took over from m2: host 3 has m3 and r2; handing back to m2 (host 2) makes it good again
        change(
                "m2",
                n -> new NodeLike(n)
                        .role(Role.REPLICA, Optional.of(new NodeId("r2")))
                        .slots(List.of())
                        .node());
        info("m2", "master_link_status", "up");
        change(
                "r2",
                n -> new NodeLike(n)
                        .role(Role.MASTER, Optional.empty())
                        .slots(List.of(new SlotRange(5000, 9999)))
                        .epoch(7)
                        .node());
        var f = only("masters-on-one-host");
        assertEquals("10.0.0.3", f.why().args().get("host"));
        assertEquals(Optional.of("failover:m2"), f.remedy());
    }

    @Test
    void oneHostIsANoteAndNotManyWarnings() {
        nodes.clear();
        for (int i = 1; i <= 3; i++) {
            add("m" + i, 1, 9000 + i, Role.MASTER, "", (i - 1) * 5000, i == 3 ? 16383 : i * 5000 - 1);
            add("r" + i, 1, 9010 + i, Role.REPLICA, "m" + i, 1, 0);
        }
        assertEquals(List.of("one-host"), names(check()));
        assertEquals(Level.NOTE, check().getFirst().level());
        assertEquals(Health.OK, withHealth().verdict());
    }

    @Test
    void versions() {
        info("r1", "redis_version", "6.2.14");
        assertEquals(List.of("mixed-versions"), names(check()), "6.2.x reads 6.2.y");
        info("r1", "redis_version", "7.0.15");
        assertEquals(List.of("mixed-versions"), names(check()));
        info("r1", "redis_version", "6.0.16");
        assertEquals(Level.WARN, only("replica-older").level());
    }
}
