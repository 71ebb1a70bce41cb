package io.clusterdeck.views.topology;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Columns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.layout.VBox;

/** Nodes that belong to no serving shard: a master that lost its slots to a replica and is away, or one that never had any. */
final class IdleView extends VBox {
    private static final double WIDEST = 268;

    private final Look look;
    private final Live live;
    private final Columns cards = new Columns(232, 14, 4);
    private final Map<NodeId, NodeCard> known = new HashMap<>();
    private List<NodeId> order = List.of();

    IdleView(Look look, Live live) {
        super(6);
        this.look = look;
        this.live = live;
        getStyleClass().add("idle");
        getChildren().addAll(look.label("views.shard.none", "small", "muted"), cards);
    }

    void show(ClusterState state, List<Shard> shards) {
        var nodes = shards.stream()
                .flatMap(s -> Stream.concat(Stream.of(s.master()), s.replicas().stream()))
                .toList();
        setVisible(!nodes.isEmpty());
        setManaged(!nodes.isEmpty());
        var ids = nodes.stream().map(Node::id).toList();
        if (!ids.equals(order)) {
            order = ids;
            cards.setMaxWidth(WIDEST * ids.size());
            known.keySet().retainAll(ids);
            cards.getChildren()
                    .setAll(ids.stream()
                            .map(id -> known.computeIfAbsent(id, k -> new NodeCard(look, live, k, false)))
                            .toList());
        }
        for (Node node : nodes) {
            var card = known.get(node.id());
            if (card != null) {
                card.show(state, node, 0);
            }
        }
    }
}
