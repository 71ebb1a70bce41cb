package io.clusterdeck.views.act;

import io.clusterdeck.deck.paper.ByHand;
import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Copied;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Wrapped;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A plan before it runs: what it costs, then every step with its exact commands and the files it edits. */
public final class PlanView extends VBox {
    /** Plans with more steps begin with their commands folded. */
    private static final int OPEN = 6;

    private final Look look;

    /** @param grave whether service or data is at stake */
    public PlanView(Look look, Plan plan, boolean grave) {
        this(look, plan, grave, Optional.empty());
    }

    /** @param hand how the cluster is reached by hand; then the whole plan can be copied as lines to type */
    PlanView(Look look, Plan plan, boolean grave, Optional<ByHand> hand) {
        this.look = look;
        getStyleClass().add("plan");
        if (!plan.costs().isEmpty()) {
            var costs = new VBox(8);
            plan.costs().forEach(c -> costs.getChildren().add(cost(c, grave)));
            getChildren().addAll(look.label("views.plan.costs", "section-title"), costs);
        }
        getChildren().add(head(plan, hand));
        boolean open = plan.steps().size() <= OPEN;
        for (Stage stage : plan.stages()) {
            getChildren().add(stage(stage, open));
        }
    }

    private HBox head(Plan plan, Optional<ByHand> hand) {
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var head = new HBox(look.label("views.plan.steps", "section-title"), gap);
        head.getStyleClass().add("plan-steps");
        hand.ifPresent(h -> {
            var copy = look.button(
                    "desk.copy.lines", () -> copy(String.join("\n", h.lines(plan, look.tongue()::say)) + "\n"), "link");
            copy.setMinWidth(USE_PREF_SIZE);
            head.getChildren().add(copy);
        });
        return head;
    }

    private HBox cost(Say cost, boolean grave) {
        var glyph = new Glyph(grave ? Glyph.Kind.WARN : Glyph.Kind.NOTE);
        HBox.setMargin(glyph, new Insets(4, 0, 0, 0));
        var text = new Wrapped(look.tongue().say(cost));
        HBox.setHgrow(text, Priority.ALWAYS);
        return new HBox(10, glyph, text);
    }

    private VBox stage(Stage stage, boolean open) {
        var box = new VBox(8, new Wrapped(look.tongue().say(stage.title()), "strong"));
        box.getStyleClass().add("stage");
        stage.steps().forEach(s -> box.getChildren().add(step(s, open)));
        return box;
    }

    private Node step(Step step, boolean open) {
        var on = new Label(step.on().value());
        on.getStyleClass().addAll("mono", "host-mark");
        on.setMinWidth(USE_PREF_SIZE);
        var title = new Wrapped(look.tongue().say(step.title()));
        HBox.setHgrow(title, Priority.ALWAYS);
        var head = new HBox(10, on, title);
        var box = new VBox(6, head);
        if (!step.commands().isEmpty()) {
            box.getChildren().add(open ? commands(step.commands()) : folded(step.commands()));
        }
        step.edits().forEach(e -> box.getChildren().add(edit(e)));
        return box;
    }

    private Node folded(List<String> commands) {
        var toggle = new javafx.scene.control.ToggleButton();
        toggle.getStyleClass().setAll("link");
        toggle.setText(look.tongue().say("views.plan.commands", "n", commands.size()));
        var text = commands(commands);
        text.visibleProperty().bind(toggle.selectedProperty());
        text.managedProperty().bind(toggle.selectedProperty());
        return new VBox(6, toggle, text);
    }

    private VBox commands(List<String> commands) {
        var text = new Wrapped(String.join("\n", commands), "mono");
        var copy = look.button("views.copy", () -> copy(String.join("\n", commands)), "link");
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox.setHgrow(text, Priority.ALWAYS);
        copy.setMinWidth(USE_PREF_SIZE);
        var box = new VBox(new HBox(10, text, gap, copy));
        box.getStyleClass().add("inset");
        return box;
    }

    private static void copy(String text) {
        Copied.text(text);
    }

    private VBox edit(FileDiff edit) {
        var words = look.tongue();
        var file = new Wrapped(
                words.say(
                        edit.before() == null || edit.basis().isPresent()
                                ? "views.plan.writes"
                                : edit.after() == null ? "views.plan.removes" : "views.plan.edits",
                        "file",
                        edit.file().value()),
                "small",
                "muted");
        var lines = new DiffView(look, Diff.of(edit));
        var box = new VBox(4, file);
        edit.basis().ifPresent(b -> box.getChildren().add(new Wrapped(words.say(b), "small", "muted")));
        box.getChildren().add(lines);
        return box;
    }
}
