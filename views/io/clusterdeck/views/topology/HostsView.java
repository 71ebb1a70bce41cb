package io.clusterdeck.views.topology;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Counted;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Palette;
import io.clusterdeck.views.parts.Columns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One card a host: which nodes share its fate. */
final class HostsView extends Columns {
    /** Pixels that a node wants. */
    private static final int NODE = 200;

    private final Look look;
    private final Live live;
    private final Consumer<String> onHost;
    private final Map<String, Card> cards = new HashMap<>();
    private List<String> order = List.of();

    /** @param onHost shows the page of a host of the cluster, by its name */
    HostsView(Look look, Live live, Consumer<String> onHost) {
        super(240, 14, 4);
        this.look = look;
        this.live = live;
        this.onHost = onHost;
        setId("topology-hosts");
    }

    void show(ClusterState state) {
        var hosts = new TreeMap<String, java.util.ArrayList<Node>>(Counted.ORDER);
        for (Node node : state.nodes().values()) {
            hosts.computeIfAbsent(hostOf(node), h -> new java.util.ArrayList<>())
                    .add(node);
        }
        var names = List.copyOf(hosts.keySet());
        if (!names.equals(order)) {
            order = names;
            cards.keySet().retainAll(names);
            getChildren()
                    .setAll(names.stream()
                            .map(n -> cards.computeIfAbsent(n, k -> new Card()))
                            .toList());
        }
        long masters = state.nodes().values().stream().filter(Node::isMaster).count();
        hosts.forEach((name, nodes) -> {
            nodes.sort(java.util.Comparator.comparing(n -> n.address().port()));
            var card = cards.get(name);
            if (card != null) {
                card.show(state, name, nodes, masters);
            }
        });
    }

    static String hostOf(Node node) {
        return node.host().map(Object::toString).orElse(node.address().host());
    }

    private final class Card extends VBox {
        private final Button title = new Button();
        private final Label address = new Label();
        private final Label verdict = new Label();
        private final Columns body = new Columns(NODE, 8, 3);
        private final Map<NodeId, NodeCard> nodes = new HashMap<>();
        private List<NodeId> shown = List.of();

        Card() {
            getStyleClass().addAll("shard-card", "host-card");
            title.getStyleClass().setAll("card-title", "card-link");
            title.setMinWidth(USE_PREF_SIZE);
            address.getStyleClass().addAll("mono", "muted");
            verdict.getStyleClass().addAll("small", "muted");
            verdict.setWrapText(true);
            verdict.setMinHeight(USE_PREF_SIZE);
            var gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            var head = new HBox(title, gap, address);
            head.getStyleClass().add("card-head");
            var inset = new VBox(body);
            inset.getStyleClass().add("shard-body");
            getChildren().addAll(head, verdict, inset);
        }

        void show(ClusterState state, String name, List<Node> on, long masters) {
            var words = look.tongue().words();
            title.setText(name);
            boolean known = live.specProperty().get().hosts().stream()
                    .anyMatch(h -> h.name().value().equals(name));
            title.setDisable(!known); // of an address nobody signs in to there is no page
            title.setOnAction(e -> onHost.accept(name));
            var ip = on.getFirst().address().host();
            address.setText(ip.equals(name) ? "" : ip);
            long here = on.stream().filter(Node::isMaster).count();
            boolean half = here * 2 >= masters && here > 0 && order.size() > 1;
            verdict.setText(
                    half
                            ? words.say("views.host.half", "here", here, "masters", masters)
                            : words.say("views.host.holds", "masters", here, "replicas", on.size() - here));
            var tone = half ? "warn-text" : "muted";
            if (!verdict.getStyleClass().contains(tone)) {
                verdict.getStyleClass().setAll("label", "small", tone);
            }
            var ids = on.stream().map(Node::id).toList();
            if (!ids.equals(shown)) {
                shown = ids;
                nodes.keySet().retainAll(ids);
                body.getChildren()
                        .setAll(ids.stream()
                                .map(id -> nodes.computeIfAbsent(id, k -> new NodeCard(look, live, k, true)))
                                .toList());
            }
            for (Node node : on) {
                var card = nodes.get(node.id());
                int shard = Math.max(0, live.shardOf(node));
                if (card != null) {
                    card.show(state, node, shard);
                    var edge = "edge-" + (shard % Palette.SHARDS + 1);
                    if (!card.getStyleClass().contains(edge)) {
                        card.getStyleClass().removeIf(s -> s.startsWith("edge-"));
                        card.getStyleClass().add(edge);
                    }
                }
            }
        }
    }
}
