package io.clusterdeck.views.topology;

import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Curve;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Operations and memory of the last 15 minutes. */
final class TrendCard extends VBox {
    private final Look look;
    private final Live live;
    private final Trend ops;
    private final Trend memory;

    TrendCard(Look look, Live live) {
        this.look = look;
        this.live = live;
        ops = new Trend("views.trend.ops", "acc");
        memory = new Trend("views.trend.memory", "s3");
        getStyleClass().add("card");
        VBox.setVgrow(ops, Priority.ALWAYS);
        VBox.setVgrow(memory, Priority.ALWAYS);
        var from = look.label("views.trend.from", "tiny", "muted");
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var times = new HBox(from, gap, look.label("views.trend.now", "tiny", "muted"));
        getChildren().addAll(look.label("views.trend", "card-title"), ops, memory, times);
    }

    void show() {
        var words = look.tongue().words();
        ops.show(live.history().ops(), v -> words.say("views.ops.brief", "n", Figures.brief(words, v)));
        memory.show(live.history().memory(), v -> Figures.size(words, Math.round(v)));
    }

    private final class Trend extends VBox {
        private final Label now = new Label();
        private final Label top = new Label();
        private final Curve curve;

        Trend(String key, String color) {
            super(4);
            curve = new Curve(look, color, true);
            curve.setPrefHeight(60);
            VBox.setVgrow(curve, Priority.ALWAYS);
            var dot = new Region();
            dot.getStyleClass().addAll("legend-dot", "legend-" + color);
            now.getStyleClass().add("strong");
            top.getStyleClass().addAll("tiny", "muted");
            var gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            var head = new HBox(6, dot, look.label(key, "small", "muted"), now, gap, top);
            head.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
            getChildren().addAll(head, curve);
        }

        void show(double[] values, java.util.function.DoubleFunction<String> words) {
            curve.show(values);
            double latest = values.length == 0 ? Double.NaN : values[values.length - 1];
            now.setText(Double.isNaN(latest) ? "–" : words.apply(latest));
            top.setText(words.apply(Curve.top(values)));
        }
    }
}
