package io.clusterdeck.views.wizard;

import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.runs.RunPage;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The run of the draft's plan, as every run is shown; once it is done, what was proven and what is useful next. */
final class BuildPage extends BorderPane {
    private final Look look;
    private final WizardModel model;
    private final Consumer<String> openCluster;
    private Optional<PlanId> shown = Optional.empty();
    private Optional<RunPage> page = Optional.empty();
    private final VBox body = new VBox();
    private boolean proof;

    BuildPage(Look look, WizardModel model, Consumer<String> openCluster) {
        this.look = look;
        this.model = model;
        this.openCluster = openCluster;
        // in a low window both do not fit at once
        var scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.getStyleClass().add("plain-scroll");
        setCenter(scroll);
        model.built.runs().allProperty().subscribe(all -> paint());
        model.built.run().subscribe(r -> paint());
        look.tongue().wordsProperty().subscribe(w -> {
            shown = Optional.empty();
            proof = false;
            paint();
        });
    }

    private void paint() {
        model.built.state().ifPresent(this::show);
    }

    private void show(RunState run) {
        if (!shown.equals(model.built.run().get())) {
            shown = model.built.run().get();
            proof = false;
            var fresh = new RunPage(look, model.built.runs(), run);
            page = Optional.of(fresh);
            VBox.setVgrow(fresh, Priority.ALWAYS);
            body.getChildren().setAll(fresh);
        }
        page.ifPresent(p -> p.show(run));
        if (model.built.proven() && !proof) {
            proof = true;
            body.getChildren().addFirst(new ProofView(look, model, run, openCluster));
        }
    }
}
