package io.clusterdeck.views.runs;

import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.RunState.Phase;
import io.clusterdeck.plan.RunState.StepState;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import java.util.HashMap;
import java.util.Map;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The steps of a run one below the other, with how far each has come; for plans of few steps. */
public final class StepsView extends VBox {
    private final Look look;
    private final Map<StepId, Row> rows = new HashMap<>();

    public StepsView(Look look, RunState state) {
        super(10);
        this.look = look;
        for (Step step : state.plan().steps()) {
            var row = new Row(step);
            rows.put(step.id(), row);
            getChildren().add(row);
        }
        show(state);
    }

    public void show(RunState state) {
        rows.forEach((id, row) -> row.show(state.of(id)));
    }

    private final class Row extends HBox {
        private final Glyph glyph = new Glyph(Glyph.Kind.UNKNOWN);
        private final Label told = new Label();
        private final Label took = new Label();

        Row(Step step) {
            super(10);
            HBox.setMargin(glyph, new Insets(4, 0, 0, 0));
            var title = new Label(look.tongue().say(step.title()));
            title.setWrapText(true);
            title.setMinHeight(USE_PREF_SIZE);
            var on = new Label(step.on().value());
            on.getStyleClass().addAll("mono", "muted");
            on.setMinWidth(USE_PREF_SIZE);
            told.getStyleClass().addAll("small", "muted");
            told.setWrapText(true);
            told.setMinHeight(USE_PREF_SIZE);
            took.getStyleClass().addAll("small", "muted");
            took.setMinWidth(68);
            took.setAlignment(Pos.TOP_RIGHT);
            var text = new VBox(2, title, told);
            text.setMinWidth(0);
            HBox.setHgrow(text, Priority.ALWAYS);
            var gap = new Region();
            getChildren().addAll(glyph, text, gap, on, took);
        }

        void show(StepState s) {
            glyph.show(StepWords.mark(s.phase()));
            var words = look.tongue().words();
            told.setText(StepWords.told(words, s));
            told.getStyleClass().setAll("label", "small", s.phase() == Phase.FAILED ? "bad-text" : "muted");
            told.setVisible(!told.getText().isEmpty());
            told.setManaged(told.isVisible());
            took.setText(s.took() > 0 ? words.millis(s.took()) : "");
        }
    }
}
