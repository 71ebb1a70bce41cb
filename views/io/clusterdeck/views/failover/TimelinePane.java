package io.clusterdeck.views.failover;

import io.clusterdeck.redis.timeline.Measured;
import io.clusterdeck.redis.timeline.Spans;
import io.clusterdeck.redis.timeline.Stage;
import io.clusterdeck.redis.timeline.Timeline;
import io.clusterdeck.redis.timeline.TimelineDrawing;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Picture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** A timeline, drawn; each stage of its bar is a button. As wide as its place, and as high as it needs. */
public final class TimelinePane extends Pane {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final double LEAST = 400;
    private static final Duration GROWS = Duration.millis(500);

    private final Look look;
    private final Picture picture;
    private final Map<Stage, Button> buttons = new EnumMap<>(Stage.class);
    private Consumer<Stage> onStage = s -> {};
    private @Nullable Timeline timeline;
    private Optional<Measured> measured = Optional.empty();
    private Stage chosen = Stage.SUSPECTED;

    /** While it goes on its stage grows, also where nothing new is known. */
    private final PauseTransition growing = new PauseTransition(GROWS);

    public TimelinePane(Look look) {
        this.look = look;
        this.picture = new Picture(look, false);
        getStyleClass().add("timeline");
        setMinWidth(LEAST);
        getChildren().add(picture);
        for (var stage : Stage.values()) {
            var button = new Button();
            button.getStyleClass().setAll("timeline-stage");
            button.setId("stage-" + stage.number());
            button.setOnAction(e -> onStage.accept(stage));
            button.setTooltip(new Tooltip());
            buttons.put(stage, button);
        }
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            int step = e.getCode() == KeyCode.RIGHT ? 1 : e.getCode() == KeyCode.LEFT ? -1 : 0;
            int to = chosen.ordinal() + step;
            if (step != 0 && to >= 0 && to < Stage.values().length) {
                onStage.accept(Stage.values()[to]);
                button(Stage.values()[to]).requestFocus();
                e.consume();
            }
        });
        growing.setOnFinished(e -> draw());
        widthProperty().subscribe(w -> draw());
        sceneProperty().subscribe(s -> draw());
        look.tongue().wordsProperty().subscribe(w -> draw());
    }

    /** Told which stage was chosen, by mouse or keys. */
    public void onStage(Consumer<Stage> to) {
        onStage = to;
    }

    public void show(Timeline now, Optional<Measured> what) {
        timeline = now;
        measured = what;
        draw();
    }

    public void choose(Stage stage) {
        chosen = stage;
        buttons.forEach((s, b) -> b.pseudoClassStateChanged(CHOSEN, s == stage));
    }

    private Button button(Stage stage) {
        return Objects.requireNonNull(buttons.get(stage));
    }

    private void draw() {
        var present = timeline;
        if (present == null || getWidth() < LEAST) {
            return;
        }
        var words = look.tongue().words();
        var laid = TimelineDrawing.of(present, measured, words, getWidth(), Instant.now());
        picture.show(laid.drawing());
        var shown = new ArrayList<Node>(List.of(picture));
        for (var bar : laid.bars()) {
            var button = button(bar.stage());
            // a stage of two milliseconds is wide enough for a finger, too
            double w = Math.max(bar.width(), 8);
            button.setPrefSize(w, bar.height());
            button.setMinSize(w, bar.height());
            button.setMaxSize(w, bar.height());
            button.relocate(bar.x(), bar.y());
            var text = bar.stage().number() + " " + words.say(bar.stage().title()) + ", "
                    + Spans.times(present, present.stage(bar.stage()), words);
            button.setAccessibleText(text);
            button.getTooltip().setText(text);
            shown.add(button);
        }
        if (!getChildren().equals(shown)) { // else what is under the pointer would lose its tooltip at each time
            getChildren().setAll(shown);
        }
        if (present.outcome() == Timeline.Outcome.RUNNING && getScene() != null) {
            growing.playFromStart();
        }
        setMinHeight(laid.drawing().height());
        setPrefHeight(laid.drawing().height());
    }
}
