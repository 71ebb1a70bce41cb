package io.clusterdeck.views.live;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.NodeView;
import java.util.List;
import java.util.Optional;

/**
 * A node as one that may tell what it believes of others.
 *
 * @param view what it says now; empty where it does not answer us: what it said before is not shown as if it said it now
 */
public record Witness(Node node, Optional<NodeView> view) {

    /** Every node of the cluster. */
    public static List<Witness> all(ClusterState state) {
        return state.nodes().values().stream()
                .map(n -> new Witness(
                        n, Optional.ofNullable(state.views().get(n.id())).filter(v -> n.answers())))
                .toList();
    }

    public NodeId id() {
        return node.id();
    }

    /** What it says of a node; empty where it does not know it, or can't be asked. */
    public Optional<NodeRow> of(NodeId id) {
        return view.flatMap(v -> v.of(id));
    }
}
