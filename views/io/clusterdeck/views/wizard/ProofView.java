package io.clusterdeck.views.wizard;

import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Wrapped;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What the run has proven, in the words of its own steps, and what is useful now. */
final class ProofView extends VBox {
    private static final Set<String> TELLING = Set.of("start", "create", "prove");

    private final Look look;
    private final Wrapped taken = new Wrapped("", "muted");

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
        var snapshot = look.button("wizard.proof.snapshot", () -> {});
        snapshot.setOnAction(e -> take(model.taking, name, snapshot));
        var save = look.button("wizard.proof.save", () -> WizardView.saveBlueprint(look, model, this));
        taken.setId("wizard-proof-taken");
        taken.setVisible(false);
        taken.setManaged(false);
        getChildren().addAll(new HBox(8, open, snapshot, save), taken);
        open.sceneProperty().subscribe(s -> open.requestFocus());
    }

    private void take(DraftsModel.Taking taking, String name, Button button) {
        button.setDisable(true);
        tell(look.tongue().say("wizard.proof.taking"));
        Work.begin(
                "snapshot of " + name,
                () -> taking.take(name),
                kept -> tell(look.tongue().say("wizard.proof.taken", "file", kept.file())),
                failure -> {
                    button.setDisable(false);
                    tell(look.tongue().say(failure.what()) + " " + look.tongue().say(failure.next()));
                });
    }

    private void tell(String words) {
        taken.setText(words);
        taken.setVisible(true);
        taken.setManaged(true);
    }

    private HBox line(String host, String words) {
        var glyph = new Glyph(Glyph.Kind.DONE);
        HBox.setMargin(glyph, new Insets(4, 0, 0, 0));
        var text = new Wrapped(look.tongue().say("wizard.proof.line", "host", host, "what", words));
        HBox.setHgrow(text, Priority.ALWAYS);
        return new HBox(10, glyph, text);
    }
}
