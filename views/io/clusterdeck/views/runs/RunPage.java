package io.clusterdeck.views.runs;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.RunState.Phase;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Chip;
import io.clusterdeck.views.parts.ConsentBar;
import io.clusterdeck.views.parts.Console;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Line;
import io.clusterdeck.views.parts.Rich;
import io.clusterdeck.views.parts.Wrapped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One run: its header, hosts × stages, the output of the chosen step, and what to do where it failed. */
public final class RunPage extends BorderPane {
    private final Look look;
    private final RunsModel model;
    private final PlanId id;
    private final Chip chip = new Chip();
    private final Rich count = new Rich("small", "muted");
    private final Rich cluster = new Rich("small", "muted");
    private final HBox buttons = new HBox(8);
    private final StageGrid grid;
    private final VBox advice = new VBox(4);
    private final Label heading = new Label();
    private final FilteredList<Output.Row> rows;
    private Optional<StepId> chosen = Optional.empty();
    private boolean byHand;
    private RunState state;

    public RunPage(Look look, RunsModel model, RunState run) {
        this.look = look;
        this.model = model;
        this.state = run;
        id = run.plan().id();
        rows = new FilteredList<>(model.output(run).rows());
        var title = new Label(look.tongue().say(run.plan().title()));
        title.getStyleClass().add("h1");
        title.setMinWidth(USE_PREF_SIZE);
        var facts = new Line(16, count, cluster);
        HBox.setHgrow(facts, Priority.ALWAYS);
        var head = new HBox(title, chip, facts, buttons);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().addAll("head", "run-head");
        grid = new StageGrid(look, run.plan(), this::choose);
        advice.getStyleClass().add("advice");
        heading.getStyleClass().addAll("small", "muted");
        var console = new Console<>(rows, r -> r.words(look.tongue()), Output.Row::error);
        console.getStyleClass().add("bare");
        console.accessibleTextProperty().bind(heading.textProperty());
        VBox.setVgrow(console, Priority.ALWAYS);
        var output = new VBox(10, heading, console);
        output.getStyleClass().add("console-frame");
        VBox.setVgrow(output, Priority.ALWAYS);
        var body = new VBox(16, grid, advice, output);
        body.getStyleClass().add("page");
        var note = look.label("views.run.note", "small", "muted");
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        var strip = new HBox(note);
        strip.getStyleClass().add("strip");
        strip.setAlignment(Pos.CENTER_LEFT);
        setTop(head);
        setCenter(body);
        setBottom(strip);
    }

    static Glyph.Kind mark(RunState run) {
        return run.ended()
                .map(e -> switch (e.outcome()) {
                    case DONE -> Glyph.Kind.DONE;
                    case FAILED -> Glyph.Kind.BAD;
                    case CANCELLED, PAUSED -> Glyph.Kind.WARN;
                })
                .orElse(Glyph.Kind.BUSY);
    }

    private void choose(StepId step) {
        byHand = true;
        chosen = Optional.of(step);
        output();
    }

    /** Shows how far it has come. */
    public void show(RunState now) {
        state = now;
        var words = look.tongue().words();
        var outcome = now.ended().map(e -> e.outcome());
        var end = now.ended().map(e -> e.at()).orElseGet(Instant::now);
        var took = words.millis(Math.max(0, Duration.between(now.began(), end).toMillis()));
        chip.show(
                mark(now),
                outcome.map(o -> o == Outcome.DONE ? "ok" : o == Outcome.FAILED ? "bad" : "warn")
                        .orElse("busy"),
                words.say(
                        "views.run.chip."
                                + outcome.map(o -> o.name().toLowerCase(java.util.Locale.ROOT))
                                        .orElse("running"),
                        "t",
                        took));
        long done = now.steps().values().stream()
                .filter(s -> s.phase() == Phase.DONE || s.phase() == Phase.WAS_THERE)
                .count();
        count.say(words.say(
                "views.run.count", "done", done, "all", now.plan().steps().size()));
        cluster.say(words.say("views.run.on", "cluster", now.plan().on().name(), "at", Figures.clock(now.began())));
        grid.show(now);
        if (!byHand) {
            chosen = interesting(now);
        }
        output();
        advise();
        buttons(outcome);
    }

    /** What failed, else what runs now, else the last step that ended. */
    private static Optional<StepId> interesting(RunState run) {
        var steps = run.plan().steps().stream().map(Step::id).toList();
        return first(run, steps, Phase.FAILED)
                .or(() -> first(run, steps, Phase.APPLIES))
                .or(() -> first(run, steps, Phase.CHECKS))
                .or(() -> steps.stream()
                        .filter(s -> run.of(s).phase() != Phase.WAITS)
                        .reduce((a, b) -> b));
    }

    private static Optional<StepId> first(RunState run, List<StepId> steps, Phase phase) {
        return steps.stream().filter(s -> run.of(s).phase() == phase).findFirst();
    }

    private void output() {
        grid.mark(chosen);
        if (chosen.isEmpty()) {
            heading.setText(look.tongue().say("views.run.output"));
            rows.setPredicate(r -> true);
            return;
        }
        var wanted = chosen.get();
        for (Stage stage : state.plan().stages()) {
            for (Step step : stage.steps()) {
                if (step.id().equals(wanted)) {
                    heading.setText(look.tongue()
                            .say(
                                    "views.run.output.of",
                                    "host",
                                    step.on().value(),
                                    "step",
                                    look.tongue().say(step.title())));
                }
            }
        }
        rows.setPredicate(r -> r.step().equals(wanted));
    }

    private void advise() {
        advice.getChildren().clear();
        for (Step step : state.plan().steps()) {
            var s = state.of(step.id());
            if (s.phase() == Phase.FAILED) {
                line(
                        look.tongue()
                                .say(
                                        "views.run.failed.at",
                                        "host",
                                        step.on().value(),
                                        "why",
                                        s.busy().map(b -> look.tongue().say(b)).orElse("")),
                        "strong");
                s.next().ifPresent(n -> line(look.tongue().say(n), "plain"));
            }
        }
        if (!state.differences().isEmpty()) {
            line(look.tongue().say("views.run.differs"), "strong");
            state.differences().forEach(d -> line(look.tongue().say(d), "plain"));
        }
        adviceShown();
    }

    private void adviceShown() {
        advice.setVisible(!advice.getChildren().isEmpty());
        advice.setManaged(advice.isVisible());
    }

    private void line(String words, String style) {
        advice.getChildren().add(new Wrapped(words, style));
    }

    private void buttons(Optional<Outcome> outcome) {
        buttons.getChildren().clear();
        if (outcome.isEmpty() && model.stoppable(id)) {
            add("views.run.stop.after", () -> model.stopAfterStep(id));
            add("views.run.cancel", () -> model.cancel(id), "danger-text");
        } else if (outcome.filter(o -> o == Outcome.PAUSED).isPresent()) {
            add("views.run.accept", () -> again(true));
        } else if (outcome.filter(o -> o != Outcome.DONE).isPresent()) {
            add("views.run.resume", () -> again(false));
        }
    }

    /** What had to be agreed to at first has to be again. */
    private void again(boolean accept) {
        if (state.consent() instanceof Consent.Plain) {
            goOn(accept);
            return;
        }
        buttons.getChildren().clear();
        var bar = new ConsentBar(look, state.offer(), () -> show(state), r -> goOn(accept));
        bar.getStyleClass().setAll("asked-again");
        advice.getChildren().setAll(bar);
        adviceShown();
    }

    private void goOn(boolean accept) {
        model.again(id, accept, f -> {
            show(state);
            line(look.tongue().say(f.what()), "strong");
            line(look.tongue().say(f.next()), "plain");
            adviceShown();
        });
    }

    private void add(String key, Runnable action, String... styles) {
        Button button = look.button(key, action, styles);
        button.setMinWidth(Region.USE_PREF_SIZE);
        buttons.getChildren().add(button);
    }
}
