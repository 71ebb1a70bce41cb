package io.clusterdeck.views.failover;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.NodeView;
import io.clusterdeck.redis.timeline.Timeline;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Rich;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** While a failover goes on: who suspects whom, a row for each node that is suspected and a column for each that tells, and the votes. */
final class SuspicionView extends VBox {
    private static final int OBSERVERS = 12;
    private static final int SUSPECTED = 6;

    private final Look look;
    private final Live live;
    private final GridPane grid = new GridPane();
    private final Rich votes = new Rich();
    private final Rich more = new Rich("small", "muted");
    private Object painted = "";

    SuspicionView(Look look, Live live) {
        super(8);
        this.look = look;
        this.live = live;
        setId("failover-suspicion");
        grid.getStyleClass().add("matrix");
        getChildren().addAll(look.label("failovers.suspicion", "section-title"), grid, more, votes);
    }

    void show(ClusterState state, Optional<Timeline> running) {
        var suspected = state.nodes().values().stream()
                .filter(n -> n.failed() || !n.suspectedBy().isEmpty())
                .sorted(Comparator.comparing(n -> live.name(n.id())))
                .toList();
        boolean there = running.isPresent() && !suspected.isEmpty();
        setVisible(there);
        setManaged(there);
        if (!there) {
            return;
        }
        var t = running.get();
        votes.say(look.tongue().say("failovers.votes", "n", t.votes(), "needed", t.needed()));
        var observers = observers(state);
        int unnamed = Math.max(0, suspected.size() - SUSPECTED);
        int unheard = Math.max(0, observers.size() - OBSERVERS);
        more.say(look.tongue().say("failovers.suspicion.more", "nodes", unnamed, "by", unheard));
        more.setManaged(unnamed + unheard > 0);
        more.setVisible(unnamed + unheard > 0);
        show(suspected.subList(0, suspected.size() - unnamed), observers.subList(0, observers.size() - unheard));
    }

    private void show(List<Node> suspected, List<NodeView> observers) {
        var key = List.of(
                observers.stream()
                        .map(v -> suspected.stream().map(n -> kind(v, n.id())).toList())
                        .toList(),
                observers.stream().map(NodeView::seenBy).toList(),
                look.tongue().words().locale());
        if (!key.equals(painted)) {
            painted = key;
            paint(suspected, observers);
        }
    }

    /** Those with a say first. */
    private List<NodeView> observers(ClusterState state) {
        var views = new ArrayList<>(state.views().values());
        views.removeIf(v -> state.node(v.seenBy()).filter(Node::answers).isEmpty());
        views.sort(Comparator.comparing((NodeView v) -> state.node(v.seenBy())
                        .filter(n -> n.isMaster() && n.slotCount() > 0)
                        .isEmpty())
                .thenComparing(v -> live.name(v.seenBy())));
        return views;
    }

    private void paint(List<Node> suspected, List<NodeView> observers) {
        grid.getChildren().clear();
        for (int c = 0; c < observers.size(); c++) {
            var head = new Label(live.name(observers.get(c).seenBy()));
            head.getStyleClass().addAll("mono", "matrix-head");
            head.setMinWidth(USE_PREF_SIZE);
            GridPane.setHalignment(head, HPos.CENTER);
            grid.add(head, c + 1, 0);
        }
        for (int r = 0; r < suspected.size(); r++) {
            var id = suspected.get(r).id();
            var who = new Label(live.name(id));
            who.getStyleClass().addAll("mono", "matrix-side");
            who.setMinWidth(USE_PREF_SIZE);
            grid.add(who, 0, r + 1);
            for (int c = 0; c < observers.size(); c++) {
                var kind = kind(observers.get(c), id);
                var cell = new StackPane(new Glyph(kind));
                cell.getStyleClass().add("matrix-cell");
                cell.setAccessibleText(look.tongue()
                        .say(
                                "failovers.suspicion." + kind.name().toLowerCase(java.util.Locale.ROOT),
                                "by",
                                live.name(observers.get(c).seenBy()),
                                "node",
                                live.name(id)));
                grid.add(cell, c + 1, r + 1);
            }
        }
    }

    private static Glyph.Kind kind(NodeView view, NodeId id) {
        var row = view.of(id);
        if (row.filter(x -> x.has(Flag.FAIL)).isPresent()) {
            return Glyph.Kind.GONE;
        }
        return row.map(NodeRow::flags).filter(f -> f.contains(Flag.PFAIL)).isPresent()
                ? Glyph.Kind.WARN
                : Glyph.Kind.OK;
    }
}
