package io.clusterdeck.redis.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.conf.NodesConf.Row;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotRange;
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
            """.formatted(A, B, A), CONF.text(B));
    }

    @Test
    void readsItsOwnFileBack() {
        assertEquals(Optional.of(CONF), NodesConf.read(CONF.text(A)));
        assertEquals(Optional.of(B), NodesConf.self(CONF.text(B)));
    }

    @Test
    void readsAFileOf72() {
        var line = A + " 127.0.0.1:9000@19000,host,tls-port=0,shard-id=ab myself,master - 0 0 5 connected 0 [7->-" + B
                + "]\n" + "vars currentEpoch 5 lastVoteEpoch 2\n";
        var read = NodesConf.read(line).orElseThrow();
        assertEquals(new NodeAddress("127.0.0.1", 9000), read.rows().getFirst().address());
        assertEquals(List.of(new SlotRange(0, 0)), read.rows().getFirst().slots());
        assertEquals(2, read.lastVoteEpoch());
    }

    @Test
    void somethingElseIsNoNodesConf() {
        assertEquals(Optional.empty(), NodesConf.read("REDIS0009\n"));
        assertEquals(Optional.empty(), NodesConf.self("# hello\n"));
    }
}
