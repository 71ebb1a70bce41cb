package io.clusterdeck.views.topology;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Disagreement;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.NodeView;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Witness;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Rich;
import io.clusterdeck.views.parts.Sideways;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * Who believes what of whom: a row for each observer, a column for each node. What differs from the merged view is marked. One that does not
 * answer us is not asked: what it said before is not shown as if it said it now.
 */
final class MatrixView extends VBox {
    /** Above this only nodes that someone sees differently are shown. */
    private static final int WHOLE = 24;

    private final Look look;
    private final Live live;
    private final GridPane grid = new GridPane();
    private final Label summary = new Label();
    private final FlowPane legend;
    private final VBox differences = new VBox(6);
    private Object painted = "";

    MatrixView(Look look, Live live) {
        super(14);
        this.look = look;
        this.live = live;
        setId("topology-matrix");
        grid.getStyleClass().add("matrix");
        summary.getStyleClass().add("card-title");
        summary.setWrapText(true);
        legend = new FlowPane(
                18,
                6,
                legend(Glyph.Kind.OK, "views.matrix.master"),
                legend(Glyph.Kind.RING, "views.matrix.replica"),
                legend(Glyph.Kind.WARN, "views.matrix.suspected"),
                legend(Glyph.Kind.GONE, "views.matrix.failed"),
                legend(Glyph.Kind.UNKNOWN, "views.matrix.unknown"));
        var scrolled = new Sideways(grid);
        scrolled.visibleProperty().bind(grid.visibleProperty());
        scrolled.managedProperty().bind(grid.visibleProperty());
        getChildren().addAll(summary, scrolled, legend, differences);
    }

    private HBox legend(Glyph.Kind kind, String key) {
        var box = new HBox(6, new Glyph(kind), look.label(key, "small", "muted"));
        box.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        return box;
    }

    void show(ClusterState state) {
        var key = List.of(
                Witness.all(state).stream()
                        .map(w -> List.of(w.id(), w.view().map(v -> List.of(v.currentEpoch(), cells(v)))))
                        .toList(),
                state.disagreements(),
                look.tongue().words().locale());
        if (key.equals(painted)) {
            return;
        }
        painted = key;
        paint(state);
    }

    private static List<String> cells(NodeView view) {
        return view.rows().stream()
                .map(r -> r.id() + " " + r.flags() + r.master() + r.linkUp()
                        + r.slots().size())
                .toList();
    }

    private void paint(ClusterState state) {
        var words = look.tongue().words();
        var nodes = new ArrayList<>(state.nodes().values());
        nodes.sort(Comparator.comparing(n -> live.name(n.id())));
        var all = Witness.all(state);
        boolean whole = nodes.size() <= WHOLE;
        if (!whole) {
            nodes.removeIf(n -> all.stream().noneMatch(w -> differs(n, w)));
        }
        var witnesses = all.stream()
                .filter(w -> whole || nodes.stream().anyMatch(n -> differs(n, w)))
                .limit(WHOLE)
                .sorted(Comparator.comparing(w -> live.name(w.id())))
                .toList();
        summary.setText(words.say(summary(state, all)));
        grid.getChildren().clear();
        grid.setVisible(!state.views().isEmpty() && !witnesses.isEmpty() && !nodes.isEmpty());
        grid.setManaged(grid.isVisible());
        legend.setVisible(grid.isVisible());
        legend.setManaged(grid.isVisible());
        corner(words.say("views.matrix.says"));
        for (int i = 0; i < nodes.size(); i++) {
            var label = new Label(live.name(nodes.get(i).id()));
            label.getStyleClass().addAll("mono", "matrix-head");
            label.setMinWidth(USE_PREF_SIZE);
            GridPane.setHalignment(label, HPos.CENTER);
            grid.add(label, i + 1, 0);
        }
        for (int row = 0; row < witnesses.size(); row++) {
            var witness = witnesses.get(row);
            var who = new Label(live.name(witness.id()));
            who.getStyleClass().addAll("mono", "strong");
            who.setMinWidth(USE_PREF_SIZE);
            var epoch = new Label(witness.view()
                    .map(v -> words.say("views.matrix.epoch", "epoch", v.currentEpoch()))
                    .orElseGet(() -> words.say("views.matrix.unasked")));
            boolean same = witness.view()
                    .filter(v -> v.currentEpoch() == state.currentEpoch())
                    .isPresent();
            epoch.getStyleClass().addAll("small", same ? "muted" : "warn-text");
            epoch.setMinWidth(USE_PREF_SIZE);
            var head = new HBox(10, who, epoch);
            head.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
            head.getStyleClass().add("matrix-side");
            grid.add(head, 0, row + 1);
            for (int i = 0; i < nodes.size(); i++) {
                grid.add(cell(nodes.get(i), witness), i + 1, row + 1);
            }
        }
        differences
                .getChildren()
                .setAll(state.disagreements().stream().map(this::difference).toList());
    }

    /** A kept state has no more of it than where they disagreed. */
    private Say summary(ClusterState state, List<Witness> all) {
        long asked = all.stream().filter(w -> w.view().isPresent()).count();
        if (asked == 0 && !live.isPast()) {
            return Say.of("views.matrix.nobody");
        }
        int points = state.disagreements().size();
        return points > 0
                ? Say.of("views.matrix.disagree", "n", points)
                : live.isPast() ? Say.of("views.matrix.agreed") : Say.of("views.matrix.agree", "n", asked);
    }

    private void corner(String text) {
        var corner = new Label(text);
        corner.getStyleClass().addAll("small", "muted");
        grid.add(corner, 0, 0);
    }

    private StackPane cell(Node node, Witness witness) {
        var words = look.tongue().words();
        var row = witness.of(node.id());
        var cell = new StackPane(new Glyph(kind(row)));
        cell.getStyleClass().add("matrix-cell");
        if (witness.id().equals(node.id())) {
            cell.getStyleClass().add("matrix-self");
        }
        boolean differs = differs(node, witness);
        if (differs) {
            cell.getStyleClass().add("matrix-differs");
        }
        var text = witness.view().isEmpty()
                ? words.say("views.matrix.unasked.cell", "observer", live.name(witness.id()))
                : words.say(
                        "views.matrix.cell",
                        "observer",
                        live.name(witness.id()),
                        "node",
                        live.name(node.id()),
                        "flags",
                        row.map(r -> r.flags().stream().map(Flag::word).sorted().collect(Collectors.joining(",")))
                                .orElse("–"),
                        "epoch",
                        row.map(NodeRow::epoch).orElse(0L));
        Tooltip.install(cell, new Tooltip(text));
        cell.setAccessibleText(text);
        return cell;
    }

    private static Glyph.Kind kind(Optional<NodeRow> row) {
        if (row.isEmpty() || row.get().has(Flag.HANDSHAKE)) {
            return Glyph.Kind.UNKNOWN;
        }
        if (row.get().has(Flag.FAIL)) {
            return Glyph.Kind.GONE;
        }
        if (row.get().has(Flag.PFAIL) || !row.get().linkUp() && !row.get().has(Flag.MYSELF)) {
            return Glyph.Kind.WARN;
        }
        return row.get().has(Flag.REPLICA) ? Glyph.Kind.RING : Glyph.Kind.OK;
    }

    private static boolean differs(Node node, Witness witness) {
        return witness.view().isPresent() && differs(node, witness.of(node.id()));
    }

    private static boolean differs(Node node, Optional<NodeRow> row) {
        return row.isEmpty()
                || row.get().role() != node.role()
                || !Objects.equals(row.get().master(), node.master())
                || row.get().has(Flag.FAIL) != node.failed()
                || row.get().has(Flag.PFAIL)
                || node.isMaster() && !row.get().slots().equals(node.slots());
    }

    private Rich difference(Disagreement d) {
        var words = look.tongue().words();
        var byText = d.says().entrySet().stream()
                .collect(Collectors.groupingBy(
                        java.util.Map.Entry::getValue,
                        java.util.TreeMap::new,
                        Collectors.mapping(e -> live.name(e.getKey()), Collectors.toList())));
        var says = byText.entrySet().stream()
                .map(e -> Say.of("views.matrix.one", "who", e.getValue(), "what", readable(e.getKey())))
                .toList();
        var rich = new Rich();
        rich.say(words.say(
                "views.matrix.difference",
                "about",
                readable(d.about()),
                "aspect",
                words.say("views.aspect." + d.aspect()),
                "says",
                words.clauses(says)));
        return rich;
    }

    /** Ids become names. */
    private String readable(String text) {
        return text.matches("[0-9a-f]{40}") ? live.name(new NodeId(text)) : text.isEmpty() ? "–" : text;
    }
}
