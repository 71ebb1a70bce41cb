package io.clusterdeck.views.snapshots;

import io.clusterdeck.deck.Archive.Kept;
import io.clusterdeck.redis.snapshot.Taken;
import io.clusterdeck.report.Shape.Face;
import io.clusterdeck.report.Width;
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
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
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

    /** Pixels across. */
    private static final double DOT = 6;

    private static final double SIZE = 11;
    private static final double APART = 12;

    private final Look look;
    private final SnapshotsModel model;
    private final Canvas canvas = new Canvas();
    private final Tooltip tip = new Tooltip();

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
        setOnMouseMoved(e -> point(e.getX()));
        Tooltip.install(this, tip);
        setOnMouseDragged(e -> slide(e.getX()));
        setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.LEFT || e.getCode() == KeyCode.RIGHT) {
                model.step(e.getCode() == KeyCode.LEFT ? 1 : -1);
                e.consume();
            }
        });
        model.allProperty().subscribe(a -> paint());
        model.eventsProperty().subscribe(a -> paint());
        model.chosenProperty().subscribe(a -> {
            paint();
            notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE);
        });
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

    /** Tells what is under the pointer: an event, else a kept state. */
    private void point(double x) {
        var event = events().min(Comparator.comparingDouble(e -> Math.abs(x(e.at()) - x)))
                .filter(e -> Math.abs(x(e.at()) - x) <= DOT);
        tip.setText(event.map(this::told).or(() -> nearest(x).map(this::told)).orElse(""));
    }

    private String told(SayLog.Entry event) {
        return time(look, event.at()) + "  " + look.tongue().say(event.what());
    }

    private String told(Kept kept) {
        return time(look, kept.at()) + "  "
                + look.tongue().say("snapshots.word." + kept.why().name().toLowerCase(Locale.ROOT));
    }

    /** Those that lie between the oldest and the newest kept state. */
    private Stream<SayLog.Entry> events() {
        var all = model.allProperty().get();
        return all.isEmpty()
                ? Stream.empty()
                : model.eventsProperty().get().stream()
                        .filter(e -> !e.at().isBefore(all.getLast().at())
                                && !e.at().isAfter(all.getFirst().at()));
    }

    /** The place of the chosen state, the oldest at 0; −1 where none is chosen. */
    private int place() {
        var all = model.allProperty().get();
        int at = model.chosenProperty().get().stream()
                .mapToInt(all::indexOf)
                .findFirst()
                .orElse(-1);
        return at < 0 ? -1 : all.size() - 1 - at;
    }

    /** The chosen state in words, with what happened between the one before and it. */
    private String value() {
        var all = model.allProperty().get();
        int at = all.size() - 1 - place();
        if (at < 0 || at >= all.size()) {
            return "";
        }
        var until = all.get(at).at();
        var since = at + 1 < all.size() ? all.get(at + 1).at() : Instant.MIN;
        return look.tongue()
                .words()
                .clauses(Stream.concat(
                                Stream.of(told(all.get(at))),
                                events().filter(e -> e.at().isAfter(since) && !e.at().isAfter(until))
                                        .map(this::told))
                        .toList());
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... more) {
        return switch (attribute) {
            case VALUE -> (double) Math.max(0, place());
            case MIN_VALUE -> 0.0;
            case MAX_VALUE -> (double) Math.max(0, model.allProperty().get().size() - 1);
            case VALUE_STRING -> value();
            case ORIENTATION -> Orientation.HORIZONTAL;
            default -> super.queryAccessibleAttribute(attribute, more);
        };
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... more) {
        switch (action) {
            case INCREMENT -> model.step(-1);
            case DECREMENT -> model.step(1);
            default -> super.executeAccessibleAction(action, more);
        }
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
        events().forEach(event -> {
            g.setFill(palette.of(tone(event.what().key())));
            g.fillOval(x(event.at()) - DOT / 2, 8, DOT, DOT);
        });
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
        scale(g, first, all.getFirst().at());
    }

    private void scale(GraphicsContext g, Instant first, Instant last) {
        var palette = look.themes().palette();
        g.setFill(palette.of("mut"));
        g.setFont(Font.font("Inter", SIZE));
        var ends = ends(look, first, last, getWidth() - 2 * SIDE);
        g.fillText(ends.getFirst(), SIDE, LINE + 23);
        g.setTextAlign(javafx.scene.text.TextAlignment.RIGHT);
        g.fillText(ends.getLast(), getWidth() - SIDE, LINE + 23);
        g.setTextAlign(javafx.scene.text.TextAlignment.LEFT);
    }

    /** What stands at both ends of so many pixels: the day and the time, or what tells them apart where both have no room. */
    static List<String> ends(Look look, Instant first, Instant last, double room) {
        var days = List.of(day(look, first), day(look, last));
        var times = List.of(Figures.clock(first), Figures.clock(last));
        var whole = List.of(time(look, first), time(look, last));
        double wide =
                whole.stream().mapToDouble(w -> Width.of(w, Face.TEXT, SIZE)).sum();
        return wide + APART <= room ? whole : days.getFirst().equals(days.getLast()) ? times : days;
    }

    private static String time(Look look, Instant at) {
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
