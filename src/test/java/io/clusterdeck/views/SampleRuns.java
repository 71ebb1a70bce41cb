package io.clusterdeck.views;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.Run;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.Runs;
import io.clusterdeck.plan.Subscription;
import io.clusterdeck.say.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs that were made up. */
public final class SampleRuns implements Runs {
    private final List<Consumer<RunState>> listeners = new CopyOnWriteArrayList<>();
    final List<RunState> past = new ArrayList<>();

    @Nullable
    Failure refusing;

    @Override
    public Known known() {
        return new Known(past, List.of());
    }

    /** Lets a run be seen. */
    void ran(RunState run) {
        past.add(run);
        listeners.forEach(l -> l.accept(run));
    }

    @Override
    public Subscription each(Consumer<RunState> to) {
        listeners.add(to);
        return () -> listeners.remove(to);
    }

    @Override
    public Run start(Offer.Ready agreed) {
        throw new UnsupportedOperationException(agreed.toString());
    }

    @Override
    public Run accept(PlanId id) {
        throw new UnsupportedOperationException(id.toString());
    }

    @Override
    public Run resume(PlanId id) throws Failure {
        if (refusing != null) {
            throw refusing;
        }
        throw new UnsupportedOperationException(id.toString());
    }
}
