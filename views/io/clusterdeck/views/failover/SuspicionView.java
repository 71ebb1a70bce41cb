package io.clusterdeck.views.failover;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.timeline.Timeline;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Witness;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Rich;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * While a failover goes on: who suspects whom, a row for each node that is suspected and a column for each that may tell, and the votes. Of
 * one that we do not reach nothing is known: what it said before counts no more.
 */
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
        var witnesses = witnesses(state);
        int unnamed = Math.max(0, suspected.size() - SUSPECTED);
        int unheard = Math.max(0, witnesses.size() - OBSERVERS);
        more.say(look.tongue().say("failovers.suspicion.more", "nodes", unnamed, "by", unheard));
        more.setManaged(unnamed + unheard > 0);
        more.setVisible(unnamed + unheard > 0);
        show(suspected.subList(0, suspected.size() - unnamed), witnesses.subList(0, witnesses.size() - unheard));
    }

    private void show(List<Node> suspected, List<Witness> witnesses) {
        var key = List.of(
                witnesses.stream()
                        .map(w -> suspected.stream().map(n -> kind(w, n.id())).toList())
                        .toList(),
                witnesses.stream().map(Witness::id).toList(),
                look.tongue().words().locale());
        if (!key.equals(painted)) {
            painted = key;
            paint(suspected, witnesses);
        }
    }

    /** Those with a say first. */
    private List<Witness> witnesses(ClusterState state) {
        return Witness.all(state).stream()
                .sorted(Comparator.comparing(
                                (Witness w) -> !w.node().isMaster() || w.node().slotCount() == 0)
                        .thenComparing(w -> live.name(w.id())))
                .toList();
    }

    private void paint(List<Node> suspected, List<Witness> witnesses) {
        grid.getChildren().clear();
        for (int c = 0; c < witnesses.size(); c++) {
            var head = new Label(live.name(witnesses.get(c).id()));
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
            for (int c = 0; c < witnesses.size(); c++) {
                var kind = kind(witnesses.get(c), id);
                var cell = new StackPane(new Glyph(kind));
                cell.getStyleClass().add("matrix-cell");
                var text = look.tongue()
                        .say(
                                "failovers.suspicion." + kind.name().toLowerCase(java.util.Locale.ROOT),
                                "by",
                                live.name(witnesses.get(c).id()),
                                "node",
                                live.name(id));
                cell.setAccessibleText(text);
                Tooltip.install(cell, new Tooltip(text));
                grid.add(cell, c + 1, r + 1);
            }
        }
    }

    private static Glyph.Kind kind(Witness witness, NodeId id) {
        var row = witness.of(id);
        if (row.isEmpty()) {
            return Glyph.Kind.UNKNOWN;
        }
        if (row.filter(x -> x.has(Flag.FAIL)).isPresent()) {
            return Glyph.Kind.GONE;
        }
        return row.map(NodeRow::flags).filter(f -> f.contains(Flag.PFAIL)).isPresent()
                ? Glyph.Kind.WARN
                : Glyph.Kind.OK;
    }
}
