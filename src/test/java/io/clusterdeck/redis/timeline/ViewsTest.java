package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.NOON;
import static io.clusterdeck.redis.timeline.Acted.id;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.ClusterNodesParser;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeView;
import io.clusterdeck.redis.nodes.Layouts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What two looks at CLUSTER NODES tell. */
class ViewsTest {
    private static final String MASTERS = """
            %s 10.0.0.1:9000@19000 master - 0 1 1 connected 0-8191
            %s 10.0.0.2:9001@19001 master - 0 1 2 connected 8192-16383
            """.formatted(id(9000), id(9001));

    private static String replica(int port, int master, String flags) {
        return "%s 10.0.0.3:%d@%d %s %s 0 1 1 connected%n".formatted(id(port), port, port + 10_000, flags, id(master));
    }

    private static ClusterState seen(Instant at, NodeId by, String... rows) throws Exception {
        var view = new NodeView(by, at, 2, ClusterNodesParser.parse(MASTERS + String.join("", rows)));
        var like = new Layouts(2, 0).state(at);
        return new ClusterState(
                "made-up", at, like.nodes(), Map.of(by, view), List.of(), List.of(), like.owners(), 2, like.tick(), 0);
    }

    /** 9002 goes from 9000 to 9001, whose replica 9003 has those flags. */
    private static List<What> moves(String flags) throws Exception {
        var before = seen(NOON, id(9002), replica(9002, 9000, "myself,slave"), replica(9003, 9001, flags));
        var after =
                seen(NOON.plusMillis(100), id(9002), replica(9002, 9001, "myself,slave"), replica(9003, 9001, flags));
        return Views.between(before, after).stream().map(Fact::what).toList();
    }

    /** CLUSTER REPLICATE looks the same but for this: nobody had to move. */
    @Test
    void onlyToAMasterWithoutReplicasOneMigrates() throws Exception {
        assertEquals(List.of(What.FOLLOWS), moves("slave"));
        assertEquals(List.of(What.FOLLOWS), moves("slave,fail?"));
        assertEquals(List.of(What.MIGRATES), moves("slave,fail"));
    }
}
