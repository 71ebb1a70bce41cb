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
    /** A young history is drawn over its own span, at least this many seconds. */
    private static final int LEAST = 2;

    private final Label title = new Label();
    private final Label from = new Label();
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
        from.getStyleClass().addAll("tiny", "muted");
        title.getStyleClass().add("card-title");
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var times = new HBox(from, gap, look.label("views.trend.now", "tiny", "muted"));
        getChildren().addAll(title, ops, memory, times);
    }

    void show() {
        var words = look.tongue().words();
        int span = Math.max(LEAST, live.history().seconds());
        title.setText(words.say("views.trend", "t", span * 1000));
        from.setText(words.say("views.trend.from", "t", span * 1000));
        ops.show(live.history().ops(span), v -> words.say("views.ops.brief", "n", Figures.brief(words, v)));
        memory.show(live.history().memory(span), v -> Figures.size(words, Math.round(v)));
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
