package io.clusterdeck.views.drill;

import io.clusterdeck.redis.probe.Probe;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A drill while it is measured: for each shard the writes that work, ten values a second, and how long none has. */
public final class MeasuringView extends VBox {
    private static final Logger LOG = LoggerFactory.getLogger(MeasuringView.class);
    private static final int SECONDS = 60;

    private final Look look;
    /** Pixels: seven shards. */
    private static final double MOST = 300;

    /** Of the scroll bar. */
    private static final double BAR = 16;

    private static final int SILENT = 200;
    private static final int SILENT_OTHERS = 400;

    private final Label head = new Label();
    private final Label others = new Label();
    private final GridPane grid = new GridPane(12, 6);
    private final ScrollPane scroll = new ScrollPane(grid);
    private final List<Row> rows = new ArrayList<>();
    private AutoCloseable subscription = () -> {};

    private record Row(Label name, Curve curve, Label now, Label longest) {}

    MeasuringView(Look look) {
        super(10);
        this.look = look;
        setId("measuring");
        getStyleClass().add("card");
        head.getStyleClass().add("card-title");
        var wide = new ColumnConstraints();
        wide.setHgrow(Priority.ALWAYS);
        var fit = new ColumnConstraints();
        fit.setMinWidth(USE_PREF_SIZE);
        grid.getColumnConstraints().setAll(fit, wide, fit, fit);
        grid.setPadding(new Insets(0, BAR, 0, 0));
        others.getStyleClass().add("muted");
        // of many shards a few at a time, so that the page below has its room
        scroll.setId("measuring-shards");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
        scroll.setMaxHeight(MOST);
        getChildren().addAll(head, scroll, others);
        hide();
    }

    private void hide() {
        setVisible(false);
        setManaged(false);
    }

    void show(Optional<Probe> probe) {
        try {
            subscription.close();
        } catch (Exception failed) {
            LOG.warn("a probe was not let go", failed);
        }
        subscription = () -> {};
        if (probe.isEmpty()) {
            hide();
            return;
        }
        subscription = probe.get().each(new Fx<>(this::paint));
        paint(probe.get().now());
    }

    /** One moment of a probe. */
    public void paint(Probe.Now now) {
        setVisible(true);
        setManaged(true);
        head.setText(look.tongue().say("rehearse.measuring", "t", now.at()));
        int shown = Math.min(Probe.OFTEN, now.shards().size());
        others(now.shards().subList(shown, now.shards().size()));
        while (rows.size() < shown) {
            add(rows.size());
        }
        for (int i = 0; i < shown; i++) {
            var shard = now.shards().get(i);
            var row = rows.get(i);
            row.name().setText(shard.master().toString());
            row.curve().show(last(shard.writes()));
            row.now()
                    .setText(look.tongue()
                            .say(
                                    shard.silent() < SILENT
                                            ? Say.of("rehearse.takes")
                                            : Say.of("rehearse.silent", "t", shard.silent())));
            row.now().getStyleClass().removeAll("bad-text", "muted");
            row.now().getStyleClass().add(shard.silent() < SILENT ? "muted" : "bad-text");
            row.longest().setText(look.tongue().say("rehearse.longest", "t", shard.longest()));
        }
    }

    /** Of many shards those that are asked less often are told in one line. */
    private void others(List<Probe.ShardNow> shards) {
        others.setVisible(!shards.isEmpty());
        others.setManaged(!shards.isEmpty());
        others.setText(look.tongue()
                .say(
                        "rehearse.others",
                        "n",
                        shards.size(),
                        "silent",
                        shards.stream().filter(s -> s.silent() >= SILENT_OTHERS).count(),
                        "t",
                        shards.stream().mapToLong(Probe.ShardNow::longest).max().orElse(0)));
    }

    /** The last minute, so that a second has the same width in every drill. */
    private static double[] last(double[] values) {
        int n = SECONDS * 10;
        var shown = new double[n];
        java.util.Arrays.fill(shown, Double.NaN);
        int have = Math.min(n, values.length);
        System.arraycopy(values, values.length - have, shown, n - have, have);
        return shown;
    }

    private void add(int i) {
        var name = new Label();
        name.getStyleClass().add("mono");
        var curve = new Curve(look, "acc", true);
        curve.setPrefHeight(36);
        curve.setMinHeight(36);
        var now = new Label();
        now.setMinWidth(150);
        var longest = new Label();
        longest.getStyleClass().add("muted");
        longest.setMinWidth(USE_PREF_SIZE);
        rows.add(new Row(name, curve, now, longest));
        grid.addRow(i, name, curve, now, longest);
    }
}
