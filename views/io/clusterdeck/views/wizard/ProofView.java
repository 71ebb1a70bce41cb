package io.clusterdeck.views.wizard;

import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Wrapped;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What the run has proven, in the words of its own steps, and what is useful now. */
final class ProofView extends VBox {
    private static final Set<String> TELLING = Set.of("start", "create", "prove");

    private final Look look;

    /** @param openCluster told the name of the cluster that is to be shown */
    ProofView(Look look, WizardModel model, RunState run, Consumer<String> openCluster) {
        super(14);
        this.look = look;
        setId("wizard-proof");
        getStyleClass().add("wizard-proof");
        var name = run.plan().on().name();
        var title = new Wrapped(look.tongue().say("wizard.proof", "name", name), "h2");
        getChildren().add(title);
        var lines = new VBox(6);
        for (Stage stage : run.plan().stages()) {
            if (TELLING.contains(stage.id()) || stage.id().equals("look")) {
                stage.steps().stream()
                        .filter(s ->
                                TELLING.contains(stage.id()) || s.spec().kind().equals("build.ways"))
                        .forEach(s -> run.of(s.id())
                                .busy()
                                .ifPresent(b -> lines.getChildren()
                                        .add(line(s.on().value(), look.tongue().say(b)))));
            }
        }
        getChildren().add(lines);
        var open = look.button("wizard.proof.open", () -> openCluster.accept(name), "primary");
        var next = new HBox(8, open);
        next.getChildren()
                .addAll(List.of(look.button("wizard.proof.save", () -> WizardView.saveBlueprint(look, model, this))));
        getChildren().add(next);
        open.sceneProperty().subscribe(s -> open.requestFocus());
    }

    private HBox line(String host, String words) {
        var glyph = new Glyph(Glyph.Kind.DONE);
        HBox.setMargin(glyph, new Insets(4, 0, 0, 0));
        var text = new Wrapped(look.tongue().say("wizard.proof.line", "host", host, "what", words));
        HBox.setHgrow(text, Priority.ALWAYS);
        return new HBox(10, glyph, text);
    }
}
