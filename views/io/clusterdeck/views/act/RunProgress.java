package io.clusterdeck.views.act;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.ConsentBar;
import io.clusterdeck.views.parts.Console;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.runs.Output;
import io.clusterdeck.views.runs.RunsModel;
import io.clusterdeck.views.runs.StepsView;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A run in the sheet: its steps, what it writes, and how to stop it. */
final class RunProgress extends VBox {
    private final Look look;
    private final RunsModel runs;
    private final PlanId id;
    private final Runnable close;
    private final Glyph glyph = new Glyph(Glyph.Kind.BUSY);
    private final Label verdict = new Label();
    private final Label next = new Label();
    private final Label heading;
    private final StepsView steps;
    private final HBox foot = new HBox(8);
    private final Console<Output.Row> console;
    private final BooleanSupplier within;
    private @Nullable Optional<Outcome> footed;
    // kept, since the property holds it weakly only when we do not
    private final ChangeListener<Object> listener = (p, was, now) -> refresh();

    /** @param within whether the focus is on the sheet: then it goes on to what closes it */
    RunProgress(Look look, RunsModel runs, RunState state, Runnable close, BooleanSupplier within) {
        super(14);
        this.look = look;
        this.runs = runs;
        this.id = state.plan().id();
        this.close = close;
        this.within = within;
        heading = look.label("views.run.output", "section-title");
        steps = new StepsView(look, state);
        console = new Console<>(runs.output(state).rows(), r -> r.words(look.tongue()), Output.Row::error);
        console.accessibleTextProperty().bind(look.tongue().text("views.run.output"));
        VBox.setVgrow(console, Priority.ALWAYS);
        verdict.getStyleClass().add("strong");
        verdict.setWrapText(true);
        next.setWrapText(true);
        next.setMinHeight(USE_PREF_SIZE);
        next.getStyleClass().add("wrapped");
        var head = new HBox(10, glyph, verdict);
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(head, next, steps, heading, console);
        shown(runs.output(state).rows().isEmpty());
        runs.output(state).rows().addListener((ListChangeListener<Output.Row>)
                c -> shown(c.getList().isEmpty()));
        foot.getStyleClass().add("act-foot");
        foot.setAlignment(Pos.CENTER_RIGHT);
        runs.allProperty().addListener(new javafx.beans.value.WeakChangeListener<>(listener));
        show(state);
    }

    /** Without output there is no empty frame. */
    private void shown(boolean empty) {
        for (Node part : List.of(heading, console)) {
            part.setVisible(!empty);
            part.setManaged(!empty);
        }
    }

    Node foot() {
        return foot;
    }

    private void refresh() {
        runs.state(id).ifPresent(this::show);
    }

    private void show(RunState state) {
        steps.show(state);
        var words = look.tongue().words();
        var outcome = state.ended().map(e -> e.outcome());
        glyph.show(outcome.map(o -> switch (o) {
                    case DONE -> Glyph.Kind.DONE;
                    case FAILED -> Glyph.Kind.BAD;
                    case CANCELLED, PAUSED -> Glyph.Kind.WARN;
                })
                .orElse(Glyph.Kind.BUSY));
        verdict.setText(words.say("views.run."
                + outcome.map(o -> "ended." + o.name().toLowerCase(java.util.Locale.ROOT))
                        .orElse("goes")));
        var advice = state.steps().values().stream()
                .flatMap(s -> s.next().stream())
                .reduce((a, b) -> b)
                .map(words::say)
                .orElse(differences(state));
        next.setText(advice);
        next.setVisible(!advice.isEmpty());
        next.setManaged(!advice.isEmpty());
        foot(state, outcome);
    }

    private String differences(RunState state) {
        return String.join(
                "\n",
                state.differences().stream()
                        .map((Say d) -> look.tongue().say(d))
                        .toList());
    }

    /** Made anew only for another outcome: a button that is replaced loses the focus, and the click under way. */
    private void foot(RunState state, Optional<Outcome> now) {
        if (now.equals(footed)) {
            return;
        }
        footed = now;
        var outcome = now.orElse(null);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        if (outcome == null) {
            // at the other end: a second click on what began the run must not stop it
            foot.getChildren()
                    .setAll(
                            button("views.run.stop.after", () -> runs.stopAfterStep(id)),
                            button("views.run.cancel", () -> runs.cancel(id), "danger-text"),
                            gap);
            return;
        }
        foot.getChildren().setAll(gap);
        if (outcome == Outcome.PAUSED) {
            foot.getChildren().add(button("views.run.accept", () -> again(state, true)));
        } else if (outcome != Outcome.DONE) {
            foot.getChildren().add(button("views.run.resume", () -> again(state, false)));
        }
        var done = button("views.close", close, outcome == Outcome.DONE ? "primary" : "plain");
        foot.getChildren().add(done);
        if (within.getAsBoolean()) {
            done.requestFocus();
        }
    }

    /** What had to be agreed to at first has to be again. */
    private void again(RunState state, boolean accept) {
        if (state.consent() instanceof Consent.Plain) {
            runs.again(id, accept, f -> failed(f.what()));
            return;
        }
        var bar = new ConsentBar(
                look,
                state.offer(),
                () -> {
                    footed = null;
                    show(state);
                },
                r -> runs.again(id, accept, f -> failed(f.what())));
        bar.getStyleClass().clear();
        HBox.setHgrow(bar, Priority.ALWAYS);
        foot.getChildren().setAll(bar);
    }

    private void failed(Say why) {
        next.setText(look.tongue().say(why));
        next.setVisible(true);
        next.setManaged(true);
    }

    private Button button(String key, Runnable action, String... styles) {
        var button = look.button(key, action, styles);
        button.setMinWidth(USE_PREF_SIZE);
        return button;
    }
}
