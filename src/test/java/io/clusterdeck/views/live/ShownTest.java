package io.clusterdeck.views.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeLike;
import io.clusterdeck.views.Sample;
import org.junit.jupiter.api.Test;

class ShownTest {
    private final ShardOrder order = new ShardOrder();

    @Test
    void aNodeThatMovedToAnotherAddressIsCalledByThat() {
        var before = Shown.of(Sample.orders().state(), order, null);
        var now = Shown.of(
                Sample.orders()
                        .node(9004, n -> at(n, new NodeAddress("10.20.0.175", 9104)))
                        .state(),
                order,
                before);
        assertEquals("9004", before.names().of(Sample.id(9004)));
        assertEquals("9104", now.names().of(Sample.id(9004)));
    }

    @Test
    void namesThatStayAreTheSameObject() {
        var before = Shown.of(Sample.orders().state(), order, null);
        assertSame(
                before.names(), Shown.of(Sample.orders().state(), order, before).names());
    }

    private static Node at(Node n, NodeAddress address) {
        return new NodeLike(n).at(address).node();
    }
}
