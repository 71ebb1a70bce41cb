package io.clusterdeck.views.snapshots;

import io.clusterdeck.deck.Archive.Kept;
import io.clusterdeck.redis.snapshot.Taken;
import io.clusterdeck.store.SayLog;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;

/**
 * The time from the oldest kept state until the newest: events as dots above the line, states as ticks on it. One slides along it with the
 * mouse and steps with the arrow keys.
 */
final class Axis extends Region {
    private static final double SIDE = 12;
    private static final double LINE = 26;

    private final Look look;
    private final SnapshotsModel model;
    private final Canvas canvas = new Canvas();

    Axis(Look look, SnapshotsModel model) {
        this.look = look;
        this.model = model;
        setId("history-axis");
        getStyleClass().add("history-axis");
        getChildren().add(canvas);
        setMinHeight(54);
        setPrefHeight(54);
        setMinWidth(0);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        setOnMousePressed(e -> {
            requestFocus();
            slide(e.getX());
        });
        setOnMouseDragged(e -> slide(e.getX()));
        setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.LEFT || e.getCode() == KeyCode.RIGHT) {
                model.step(e.getCode() == KeyCode.LEFT ? 1 : -1);
                e.consume();
            }
        });
        model.allProperty().subscribe(a -> paint());
        model.eventsProperty().subscribe(a -> paint());
        model.chosenProperty().subscribe(a -> paint());
        focusedProperty().subscribe(f -> paint());
        look.themes().themeProperty().subscribe(t -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    private void slide(double x) {
        nearest(x).ifPresent(kept -> {
            if (!model.chosenProperty().get().equals(List.of(kept))) {
                model.chosenProperty().set(List.of(kept));
            }
        });
    }

    private Optional<Kept> nearest(double x) {
        return model.allProperty().get().stream().min(Comparator.comparingDouble(k -> Math.abs(x(k.at()) - x)));
    }

    private double x(Instant at) {
        var all = model.allProperty().get();
        if (all.isEmpty()) {
            return SIDE;
        }
        double whole = Math.max(
                1, Duration.between(all.getLast().at(), all.getFirst().at()).toMillis());
        double share = Duration.between(all.getLast().at(), at).toMillis() / whole;
        return SIDE + Math.clamp(share, 0, 1) * (getWidth() - 2 * SIDE);
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            paint();
        }
    }

    private void paint() {
        var g = canvas.getGraphicsContext2D();
        var palette = look.themes().palette();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        var all = model.allProperty().get();
        setAccessibleText(look.tongue().say("snapshots.axis", "n", all.size()));
        if (all.isEmpty() || canvas.getWidth() <= 0) {
            return;
        }
        g.setFill(palette.of("line"));
        g.fillRect(SIDE, LINE, getWidth() - 2 * SIDE, 1);
        var first = all.getLast().at();
        for (SayLog.Entry event : model.eventsProperty().get()) {
            if (!event.at().isBefore(first)
                    && !event.at().isAfter(all.getFirst().at())) {
                g.setFill(palette.of(tone(event.what().key())));
                g.fillOval(x(event.at()) - 3, 8, 6, 6);
            }
        }
        for (var kept : all) {
            boolean hand = kept.why() == Taken.Why.HAND;
            g.setFill(palette.of(hand ? "fg" : kept.why() == Taken.Why.CHANGE ? "warn" : "mut"));
            g.fillRect(Math.round(x(kept.at())) - 1, LINE - (hand ? 7 : 5), 2, hand ? 15 : 11);
        }
        for (var kept : model.chosenProperty().get()) {
            double at = Math.round(x(kept.at()));
            g.setFill(palette.of("acc"));
            g.fillRoundRect(at - 4, LINE - 9, 8, 19, 4, 4);
        }
        if (isFocused()) {
            g.setStroke(palette.of("acc"));
            g.strokeRoundRect(0.5, 0.5, getWidth() - 1, getHeight() - 1, 6, 6);
        }
        scale(g, first, all.getFirst().at());
    }

    private void scale(GraphicsContext g, Instant first, Instant last) {
        var palette = look.themes().palette();
        g.setFill(palette.of("mut"));
        g.setFont(Font.font("Inter", 11));
        g.fillText(time(first), SIDE, LINE + 23);
        g.setTextAlign(javafx.scene.text.TextAlignment.RIGHT);
        g.fillText(time(last), getWidth() - SIDE, LINE + 23);
        g.setTextAlign(javafx.scene.text.TextAlignment.LEFT);
    }

    private String time(Instant at) {
        return day(look, at) + " " + Figures.clock(at);
    }

    static String day(Look look, Instant at) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(look.tongue().words().locale())
                .format(at.atZone(ZoneId.systemDefault()));
    }

    /** As in the strip of events: what is bad, what is worth a look, what is only news. */
    static String tone(String key) {
        return switch (key) {
            case "event.silent", "event.failed", "event.uncovered" -> "bad";
            case "event.suspected", "event.master", "event.left" -> "warn";
            default -> "ok";
        };
    }
}
