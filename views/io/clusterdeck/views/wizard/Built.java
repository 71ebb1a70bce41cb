package io.clusterdeck.views.wizard;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.runs.RunsModel;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/** The run that builds what a draft says; none until it was begun. FX thread. */
record Built(RunsModel runs, ObjectProperty<Optional<PlanId>> run) {

    Built(RunsModel runs) {
        this(runs, new SimpleObjectProperty<>(Optional.empty()));
    }

    /** @param began told once it runs */
    void start(Offer.Ready ready, Runnable began, Consumer<Failure> failed) {
        runs.start(
                ready,
                () -> {
                    run.set(Optional.of(ready.plan().id()));
                    began.run();
                },
                failed);
    }

    Optional<RunState> state() {
        return run.get().flatMap(runs::state);
    }

    boolean proven() {
        return state().flatMap(RunState::ended)
                .filter(e -> e.outcome() == Outcome.DONE)
                .isPresent();
    }
}
