package io.clusterdeck.views.runs;

import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.RunState.Phase;
import io.clusterdeck.plan.RunState.StepState;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Press;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.AccessibleAction;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** A row for each host, a column for each stage, in each cell how far that host has come there. */
final class StageGrid extends ScrollPane {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final Look look;
    private final List<Cell> cells = new ArrayList<>();
    private final Map<StepId, Cell> byStep = new HashMap<>();

    StageGrid(Look look, Plan plan, Consumer<StepId> choose) {
        this.look = look;
        getStyleClass().add("plain-scroll");
        setFitToWidth(true);
        setVbarPolicy(ScrollBarPolicy.AS_NEEDED);
        var grid = new GridPane();
        grid.getStyleClass().add("stage-grid");
        grid.getColumnConstraints().add(new ColumnConstraints(40, Region.USE_COMPUTED_SIZE, 160));
        var hosts = new LinkedHashSet<HostName>();
        plan.steps().forEach(s -> hosts.add(s.on()));
        int row = 1;
        var rowOf = new HashMap<HostName, Integer>();
        for (var host : hosts) {
            rowOf.put(host, row);
            var name = new Label(host.value());
            name.getStyleClass().add("card-title");
            grid.add(name, 0, row++);
        }
        int column = 1;
        for (Stage stage : plan.stages()) {
            var wide = new ColumnConstraints();
            wide.setHgrow(Priority.ALWAYS);
            wide.setMinWidth(92);
            wide.setPrefWidth(92);
            grid.getColumnConstraints().add(wide);
            var head = new Label(look.tongue().say(stage.title()));
            head.getStyleClass().addAll("muted", "stage-head");
            head.setWrapText(true);
            head.setMinHeight(Region.USE_PREF_SIZE);
            GridPane.setValignment(head, VPos.BOTTOM);
            grid.add(head, column, 0);
            for (var host : hosts) {
                var steps =
                        stage.steps().stream().filter(s -> s.on().equals(host)).toList();
                var cell = new Cell(steps, choose);
                cells.add(cell);
                steps.forEach(s -> byStep.put(s.id(), cell));
                grid.add(cell, column, rowOf.getOrDefault(host, 1));
            }
            column++;
        }
        setContent(grid);
        setMinHeight(Math.min(320, 52 + hosts.size() * 44));
        setPrefHeight(52 + hosts.size() * 44);
    }

    void show(RunState state) {
        cells.forEach(c -> c.show(state));
    }

    void mark(Optional<StepId> step) {
        var marked = step.map(byStep::get).orElse(null);
        cells.forEach(c -> c.pseudoClassStateChanged(CHOSEN, c == marked));
    }

    /** One host's part of one stage: one step mostly, or several in a row. */
    private final class Cell extends StackPane {
        private final List<Step> steps;
        private final Consumer<StepId> choose;
        private final Region bar = new Region();
        private final Label words = new Label();
        private final Tooltip tip = new Tooltip();
        private @Nullable Step present;
        private double share;

        Cell(List<Step> steps, Consumer<StepId> choose) {
            this.steps = steps;
            this.choose = choose;
            getStyleClass().setAll("stage-cell");
            bar.getStyleClass().add("stage-bar");
            bar.setManaged(false);
            bar.setMouseTransparent(true);
            words.setMinWidth(0);
            StackPane.setAlignment(words, Pos.CENTER_LEFT);
            getChildren().addAll(bar, words);
            setDisable(steps.isEmpty());
            Press.on(this, () -> current().ifPresent(choose));
            setFocusTraversable(!steps.isEmpty());
            Tooltip.install(this, tip);
        }

        @Override
        public void executeAccessibleAction(AccessibleAction action, Object... more) {
            if (action == AccessibleAction.FIRE) {
                current().ifPresent(choose);
            } else {
                super.executeAccessibleAction(action, more);
            }
        }

        private Optional<StepId> current() {
            return Optional.ofNullable(present).map(Step::id);
        }

        void show(RunState state) {
            if (steps.isEmpty()) {
                phase("none");
                words.setText("");
                return;
            }
            var told = look.tongue().words();
            var step = steps.stream()
                    .filter(s -> active(state.of(s.id()).phase()))
                    .findFirst()
                    .or(() -> steps.stream()
                            .filter(s -> state.of(s.id()).phase() == Phase.FAILED)
                            .findFirst())
                    .orElseGet(() -> steps.stream()
                            .filter(s -> state.of(s.id()).phase() == Phase.WAITS)
                            .findFirst()
                            .orElse(steps.getLast()));
            present = step;
            StepState s = state.of(step.id());
            long done =
                    steps.stream().filter(x -> ended(state.of(x.id()).phase())).count();
            boolean whole = done == steps.size();
            var phase =
                    whole || active(s.phase()) || s.phase() == Phase.FAILED || done == 0 ? s.phase() : Phase.APPLIES;
            phase(phase.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            if (steps.size() > 1 && !whole && s.phase() != Phase.FAILED && done > 0) {
                words.setText(told.say("views.run.part", "done", done, "all", steps.size()));
                share = done / (double) steps.size();
            } else if (steps.size() > 1 && whole) {
                boolean there = steps.stream().allMatch(x -> state.of(x.id()).phase() == Phase.WAS_THERE);
                long took =
                        steps.stream().mapToLong(x -> state.of(x.id()).took()).sum();
                words.setText(there ? told.say("views.run.there") : told.millis(took));
                phase(there ? "was-there" : "done");
            } else {
                words.setText(StepWords.brief(told, s));
                share = s.phase() == Phase.APPLIES && s.percent() >= 0 ? s.percent() / 100.0 : 0;
            }
            tip.setText(told.say(step.title()) + "\n" + StepWords.told(told, s));
            setAccessibleText(told.say(step.title()) + ", " + words.getText());
            requestLayout();
        }

        private static boolean active(Phase phase) {
            return phase == Phase.CHECKS || phase == Phase.APPLIES;
        }

        private static boolean ended(Phase phase) {
            return phase == Phase.DONE || phase == Phase.WAS_THERE;
        }

        private void phase(String name) {
            getStyleClass().removeIf(c -> c.startsWith("phase-"));
            getStyleClass().add("phase-" + name);
            if (!name.equals("applies")) {
                share = 0;
            }
        }

        @Override
        protected void layoutChildren() {
            super.layoutChildren();
            bar.setVisible(share > 0);
            bar.resizeRelocate(1, 1, Math.max(0, (getWidth() - 2) * share), Math.max(0, getHeight() - 2));
        }
    }
}
