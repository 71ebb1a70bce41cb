package io.clusterdeck.views.health;

import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What is worth knowing, worst first: what it is, the evidence, and the action that helps. */
public final class FindingsView extends VBox {
    private final Look look;
    private final Live live;
    private final VBox list = new VBox(14);
    private final ScrollPane scroll = new ScrollPane(list);
    private final Glyph none = new Glyph(Glyph.Kind.DONE);
    private final Label nothing = new Label();
    private final HBox content = new HBox(12, none, nothing);
    private Map<Which, FindingRow> rows = Map.of();
    private Optional<String> worst = Optional.empty();

    /** What makes it the same finding while its figures move. */
    private record Which(String rule, Optional<NodeId> node, Optional<Object> host, int nth) {
        static Which of(Finding f, int nth) {
            return new Which(
                    f.rule(), f.node(), Optional.ofNullable(f.title().args().get("host")), nth);
        }
    }

    public FindingsView(Look look, Live live) {
        this.look = look;
        this.live = live;
        getStyleClass().add("card");
        setId("findings");
        list.getStyleClass().add("findings-list");
        nothing.getStyleClass().add("muted");
        nothing.setWrapText(true);
        nothing.setMinWidth(0);
        HBox.setHgrow(nothing, Priority.ALWAYS);
        HBox.setMargin(none, new Insets(5, 0, 0, 0));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(look.label("views.findings", "card-title"), scroll);
    }

    /** As tall as all that it lists, where there is room: by itself it does not know that lines break. */
    public FindingsView whole() {
        scroll.prefViewportHeightProperty().bind(list.heightProperty());
        return this;
    }

    public void show(List<Finding> findings) {
        var now = new HashMap<Which, FindingRow>();
        var order = new ArrayList<Node>();
        for (var finding : findings) {
            var which = Which.of(finding, 0);
            while (now.containsKey(which)) {
                which = Which.of(finding, which.nth + 1);
            }
            var was = rows.get(which);
            var row = was == null ? new FindingRow(look, live) : was;
            row.show(finding);
            now.put(which, row);
            order.add(row);
        }
        rows = now;
        place(order.isEmpty() ? List.of(content()) : order);
        var first = findings.stream().findFirst().map(f -> f.rule() + f.node());
        if (!first.equals(worst)) {
            worst = first;
            scroll.setVvalue(0); // whoever had scrolled down sees what came up
        }
    }

    /** What stays is not taken out of the scene: it would lose the focus, and a press its click. */
    private void place(List<? extends Node> order) {
        var there = list.getChildren();
        there.removeIf(row -> !order.contains(row));
        for (int i = 0; i < order.size(); i++) {
            var row = order.get(i);
            if (i < there.size() && there.get(i) == row) {
                continue;
            }
            var focus = getScene() == null ? null : getScene().getFocusOwner();
            there.remove(row);
            there.add(i, row);
            if (focus != null && focus != getScene().getFocusOwner()) {
                focus.requestFocus();
            }
        }
    }

    private HBox content() {
        boolean known = !live.state().nodes().isEmpty();
        nothing.setText(look.tongue().say(known ? "views.findings.none" : "views.findings.unknown"));
        none.show(known ? Glyph.Kind.DONE : Glyph.Kind.UNKNOWN);
        return content;
    }
}
