package io.clusterdeck.views.inspect;

import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.NodeView;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Copied;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What the chosen node says itself: CLUSTER INFO and CLUSTER NODES, folded until wanted. */
final class RawView extends VBox {
    private final Look look;
    private final Live live;
    private final Section info;
    private final Section nodes;

    RawView(Look look, Live live) {
        this.look = look;
        this.live = live;
        getStyleClass().add("section");
        info = new Section("CLUSTER INFO", 200);
        nodes = new Section("CLUSTER NODES", 200);
        getChildren().addAll(look.label("views.inspect.raw", "section-title"), info, nodes);
    }

    void show(Node node) {
        info.show(
                node.info().isPresent(),
                () -> node.info().map(NodeInfo::clusterInfo).map(RawView::lines).orElse(""));
        var view = live.state().views().get(node.id());
        nodes.show(view != null, () -> view == null ? "" : text(view));
    }

    private static String lines(Map<String, String> info) {
        return info.entrySet().stream()
                .map(e -> e.getKey() + ":" + e.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** The answer as Redis would print it. */
    static String text(NodeView view) {
        return view.rows().stream().map(RawView::line).collect(Collectors.joining("\n"));
    }

    private static String line(NodeRow r) {
        var flags = java.util.Arrays.stream(Flag.values())
                .filter(r::has)
                .map(Flag::word)
                .collect(Collectors.joining(","));
        var name = r.hostname().isEmpty() ? "" : "," + r.hostname();
        var aux = r.aux().entrySet().stream()
                .map(e -> "," + e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining());
        var slots = r.slots().stream()
                .map(s -> " " + (s.from() == s.to() ? "" + s.from() : s.from() + "-" + s.to()))
                .collect(Collectors.joining());
        var moving = new StringBuilder();
        r.migrating()
                .forEach((slot, to) -> moving.append(" [")
                        .append(slot)
                        .append("->-")
                        .append(to)
                        .append(']'));
        r.importing()
                .forEach((slot, from) -> moving.append(" [")
                        .append(slot)
                        .append("-<-")
                        .append(from)
                        .append(']'));
        return "%s %s:%d@%d%s%s %s %s %d %d %d %s%s%s"
                .formatted(
                        r.id(),
                        r.address().host(),
                        r.address().port(),
                        r.address().busPort(),
                        name,
                        aux,
                        flags.isEmpty() ? "noflags" : flags,
                        r.master().map(Object::toString).orElse("-"),
                        r.pingSent(),
                        r.pongReceived(),
                        r.epoch(),
                        r.linkUp() ? "connected" : "disconnected",
                        slots,
                        moving);
    }

    private final class Section extends VBox {
        private final TextArea area = new TextArea();
        private final Button toggle = new Button();
        private Supplier<String> latest = () -> "";

        Section(String command, double height) {
            super(6);
            area.setEditable(false);
            area.getStyleClass().addAll("mono", "raw");
            area.setPrefHeight(height);
            area.setMinHeight(height);
            area.setVisible(false);
            area.setManaged(false);
            area.setAccessibleText(command);
            toggle.setText(command);
            toggle.getStyleClass().addAll("link", "mono");
            toggle.setId("raw-" + command.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'));
            toggle.setOnAction(e -> {
                area.setVisible(!area.isVisible());
                area.setManaged(area.isVisible());
                fill();
            });
            var copy = look.button("views.copy", this::copy, "link");
            copy.visibleProperty().bind(area.visibleProperty());
            var gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            getChildren().addAll(new HBox(toggle, gap, copy), area);
        }

        private void copy() {
            Copied.text(area.getText());
        }

        /** Folded, it costs nothing: the text is only made when it is seen. */
        void show(boolean there, Supplier<String> now) {
            toggle.setDisable(!there);
            latest = now;
            fill();
        }

        private void fill() {
            if (!area.isVisible()) {
                return;
            }
            var text = latest.get();
            if (!text.equals(area.getText()) && area.getSelection().getLength() == 0) {
                double top = area.getScrollTop();
                area.setText(text);
                area.setScrollTop(top);
            }
        }
    }
}
