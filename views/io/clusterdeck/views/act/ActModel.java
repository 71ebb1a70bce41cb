package io.clusterdeck.views.act;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Run;
import io.clusterdeck.plan.RunEvent;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.Runs;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.fx.Work;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** One action at a time: asked, offered, consented to, run. Closing the sheet leaves a run running; it stays in Runs. FX thread. */
public final class ActModel {
    private final OpenCluster cluster;
    private final Runs runs;
    private final ReadOnlyObjectWrapper<Act> act = new ReadOnlyObjectWrapper<>(new Act.None());
    private final Output output = new Output();
    private @Nullable Wish wish;
    private @Nullable Thread asking;

    public ActModel(OpenCluster cluster, Runs runs) {
        this.cluster = cluster;
        this.runs = runs;
    }

    public ReadOnlyObjectProperty<Act> actProperty() {
        return act.getReadOnlyProperty();
    }

    /** The live lines of the run. */
    public Output output() {
        return output;
    }

    /** Asks for an offer; what was shown before is put away. */
    public void wish(Wish wanted) {
        close();
        wish = wanted;
        act.set(new Act.Asking());
        asking = Work.begin(
                "ask " + wanted.getClass().getSimpleName(),
                () -> wanted.ask(cluster),
                offer -> show(wanted, new Act.Offered(offer)),
                failure -> show(wanted, new Act.Failed(failure)));
    }

    /** Runs what was consented to. */
    public void go(Offer.Ready ready) {
        var wanted = wish;
        act.set(new Act.Starting(ready));
        output.clear();
        Work.begin(
                "start " + ready.plan().id(),
                () -> runs.start(ready.plan()),
                run -> follow(wanted, run),
                failure -> show(wanted, new Act.Failed(failure)));
    }

    private void follow(@Nullable Wish wanted, Run run) {
        var paint = new Fx<RunState>(state -> painted(wanted, run, state));
        run.each(event -> {
            if (event instanceof RunEvent.StepLine line) {
                output.accept(line);
            }
            paint.accept(run.state());
        });
        painted(wanted, run, run.state());
    }

    private void painted(@Nullable Wish wanted, Run run, RunState state) {
        show(wanted, new Act.Running(run, state));
        boolean done =
                state.ended().filter(e -> e.outcome() == RunEvent.Outcome.DONE).isPresent();
        if (done && wanted instanceof Wish.CheckAof check) {
            Work.begin(
                    "cures",
                    () -> {
                        var report = cluster.aof().lastReport(check.node());
                        return report.isEmpty()
                                ? Optional.<Act>empty()
                                : Optional.<Act>of(new Act.Report(
                                        report.get(), cluster.aof().cures(report.get())));
                    },
                    found -> found.ifPresent(a -> show(wanted, a)),
                    failure -> show(wanted, new Act.Failed(failure)));
        }
    }

    /** Only for the wish that is still the present one: an answer that comes after the sheet was closed changes nothing. */
    private void show(@Nullable Wish wanted, Act now) {
        if (wanted != null && wanted == wish) {
            act.set(now);
        }
    }

    /** Puts the sheet away; a question under way is cancelled, a run goes on. */
    public void close() {
        if (asking != null) {
            asking.interrupt();
            asking = null;
        }
        wish = null;
        act.set(new Act.None());
    }
}
