package io.clusterdeck.views.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.views.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShardOrderTest {
    private final ShardOrder order = new ShardOrder();

    private List<Integer> ports(ClusterState state) {
        return order.order(state).stream().map(s -> s.master().address().port()).toList();
    }

    @Test
    void aShardKeepsItsNumberWhileSlotsMove() {
        assertEquals(List.of(9000, 9001, 9002), ports(Sample.orders().state()));
        var moved = Sample.orders()
                .slots(9000, List.of(new SlotRange(5000, 5460)), Map.of(), Map.of())
                .slots(9002, List.of(new SlotRange(0, 4999), new SlotRange(10923, 16383)), Map.of(), Map.of())
                .state();
        assertEquals(List.of(9000, 9001, 9002), ports(moved));
    }

    @Test
    void aNewMasterTakesOverTheNumberOfItsShard() {
        ports(Sample.orders().state());
        var failedOver = Sample.orders()
                .role(9001, Role.REPLICA, Optional.of(Sample.id(9005)), List.of(), 13)
                .role(9005, Role.MASTER, Optional.empty(), List.of(new SlotRange(5461, 10922)), 13)
                .state();
        assertEquals(List.of(9000, 9005, 9002), ports(failedOver));
    }

    /** Who won tells its role a moment before its slots; then who lost does. */
    @Test
    void whileBothAreMastersNeitherForgetsItsShard() {
        ports(Sample.orders().state());
        var elected = Sample.orders().role(9005, Role.MASTER, Optional.empty(), List.of(), 13);
        assertEquals(List.of(9000, 9001, 9002, 9005), ports(elected.state()));
        var served = elected.role(9005, Role.MASTER, Optional.empty(), List.of(new SlotRange(5461, 10922)), 13)
                .role(9001, Role.MASTER, Optional.empty(), List.of(), 2);
        assertEquals(List.of(9000, 9005, 9002, 9001), ports(served.state()));
        var demoted = served.role(9001, Role.REPLICA, Optional.of(Sample.id(9005)), List.of(), 13);
        assertEquals(List.of(9000, 9005, 9002), ports(demoted.state()));
        var back = demoted.role(9005, Role.MASTER, Optional.empty(), List.of(), 13)
                .role(9001, Role.MASTER, Optional.empty(), List.of(new SlotRange(5461, 10922)), 14);
        assertEquals(List.of(9000, 9001, 9002, 9005), ports(back.state()));
    }

    /** Half of the nodes have heard of the new master and half have not: the one with the higher epoch has the slots. */
    @Test
    void whileBothClaimTheSlotsTheirOwnerKeepsTheNumber() {
        ports(Sample.orders().state());
        var slots = List.of(new SlotRange(5461, 10922));
        var claimed = Sample.orders().role(9005, Role.MASTER, Optional.empty(), slots, 13);
        assertEquals(List.of(9000, 9005, 9002, 9001), ports(claimed.state()));
        var demoted = claimed.role(9001, Role.REPLICA, Optional.of(Sample.id(9005)), List.of(), 13);
        assertEquals(List.of(9000, 9005, 9002), ports(demoted.state()));
    }
}
