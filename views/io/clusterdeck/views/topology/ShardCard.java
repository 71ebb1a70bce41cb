package io.clusterdeck.views.topology;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Palette;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A master above its replicas, under the colour of the shard. Painted again with every state; its parts are kept. */
final class ShardCard extends VBox {
    private final Look look;
    private final Live live;
    private final Region band = new Region();
    private final Label title = new Label();
    private final Label slots = new Label();
    private final Label alone;
    private final VBox body = new VBox();
    private final Map<NodeId, NodeCard> cards = new HashMap<>();
    private List<NodeId> order = List.of();
    private boolean served;

    ShardCard(Look look, Live live) {
        this.look = look;
        this.live = live;
        getStyleClass().add("shard-card");
        band.getStyleClass().add("shard-band");
        title.getStyleClass().add("card-title");
        title.setMinWidth(USE_PREF_SIZE);
        slots.getStyleClass().addAll("mono", "muted");
        slots.setMinWidth(0);
        alone = look.label("views.shard.alone", "small", "warn-text", "alone");
        alone.setWrapText(true);
        alone.setMinHeight(USE_PREF_SIZE);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var head = new HBox(title, gap, slots);
        head.getStyleClass().add("card-head");
        body.getStyleClass().add("shard-body");
        getChildren().addAll(band, head, body);
    }

    void show(ClusterState state, Shard shard, int number) {
        var words = look.tongue().words();
        boolean serves = !shard.master().slots().isEmpty();
        var style = serves ? "shard-" + (number % Palette.SHARDS + 1) : "shard-none";
        if (!band.getStyleClass().getLast().equals(style)) {
            band.getStyleClass().setAll("shard-band", style);
        }
        title.setText(serves ? words.say("views.shard", "n", number + 1) : words.say("views.shard.none"));
        slots.setText(ranges(shard.master()));
        var nodes = new ArrayList<Node>();
        nodes.add(shard.master());
        nodes.addAll(shard.replicas());
        var ids = nodes.stream().map(Node::id).toList();
        if (!ids.equals(order) || serves != served) {
            order = ids;
            served = serves;
            cards.keySet().retainAll(ids);
            body.getChildren().clear();
            for (var id : ids) {
                if (!body.getChildren().isEmpty()) {
                    body.getChildren().add(thread());
                }
                body.getChildren().add(cards.computeIfAbsent(id, k -> new NodeCard(look, live, k, false)));
            }
            if (ids.size() == 1 && serves) {
                body.getChildren().add(alone);
            }
        }
        for (Node node : nodes) {
            var card = cards.get(node.id());
            if (card != null) {
                card.show(state, node, number);
            }
        }
    }

    private static StackPane thread() {
        var line = new Region();
        line.getStyleClass().add("thread");
        var pane = new StackPane(line);
        pane.getStyleClass().add("thread-pane");
        return pane;
    }

    private String ranges(Node master) {
        var words = look.tongue().words();
        var ranges = master.slots();
        if (ranges.isEmpty()) {
            return words.say("views.slots.none");
        }
        if (ranges.size() <= 2) {
            return words.list(ranges);
        }
        Tooltip.install(slots, new Tooltip(words.list(ranges)));
        return words.say(
                "views.slots.ranges", "count", Figures.whole(words, master.slotCount()), "ranges", ranges.size());
    }
}
