package io.clusterdeck.views.wizard;

import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.runs.RunPage;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.layout.BorderPane;

/** The run of the draft's plan, as every run is shown; once it is done, what was proven and what is useful next. */
final class BuildPage extends BorderPane {
    private final Look look;
    private final WizardModel model;
    private final Consumer<String> openCluster;
    private Optional<PlanId> shown = Optional.empty();
    private boolean proof;

    BuildPage(Look look, WizardModel model, Consumer<String> openCluster) {
        this.look = look;
        this.model = model;
        this.openCluster = openCluster;
        model.runs().allProperty().subscribe(all -> paint());
        model.run.subscribe(r -> paint());
        look.tongue().wordsProperty().subscribe(w -> {
            shown = Optional.empty();
            proof = false;
            paint();
        });
    }

    private void paint() {
        model.runState().ifPresent(this::show);
    }

    private void show(RunState run) {
        if (!shown.equals(model.run.get())) {
            shown = model.run.get();
            proof = false;
            setTop(null);
            setCenter(new RunPage(look, model.runs(), run));
        }
        if (getCenter() instanceof RunPage page) {
            page.show(run);
        }
        if (model.proven() && !proof) {
            proof = true;
            setTop(new ProofView(look, model, run, openCluster));
        }
    }
}
