package io.clusterdeck.redis.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.conf.NodesConf.Row;
import io.clusterdeck.redis.model.ClusterNodesParser;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Failure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodesConfTest {

    private static final NodeId A = new NodeId("a".repeat(40));
    private static final NodeId B = new NodeId("b".repeat(40));

    private static final NodesConf CONF = new NodesConf(
            List.of(
                    new Row(
                            A,
                            new NodeAddress("10.0.0.1", 9000),
                            Role.MASTER,
                            Optional.empty(),
                            1,
                            List.of(new SlotRange(0, 16_382), new SlotRange(16_383, 16_383))),
                    new Row(B, new NodeAddress("::1", 9001), Role.REPLICA, Optional.of(A), 1, List.of())),
            3,
            0);

    @Test
    void writesWhatRedisWrites() {
        assertEquals("""
            %s 10.0.0.1:9000@19000 master - 0 0 1 connected 0-16382 16383
            %s ::1:9001@19001 myself,slave %s 0 0 1 connected
            vars currentEpoch 3 lastVoteEpoch 0
            """.formatted(A, B, A), CONF.text(Optional.of(B)));
    }

    @Test
    void isReadBackAsItWasMeant() throws Failure {
        var rows = ClusterNodesParser.parse(CONF.text(Optional.of(B)));
        assertEquals(List.of(A, B), rows.stream().map(NodeRow::id).toList());
        assertEquals(
                List.of(new SlotRange(0, 16_382), new SlotRange(16_383, 16_383)),
                rows.getFirst().slots());
        assertEquals(new NodeAddress("::1", 9001), rows.getLast().address());
        assertEquals(Optional.of(A), rows.getLast().master());
    }
}
