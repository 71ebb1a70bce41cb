package io.clusterdeck.views.act;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.runs.RunsModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** One action at a time: asked, offered, consented to, run. Closing the sheet leaves a run running; it stays in Runs. FX thread. */
public final class ActModel {
    /** How long what an offer says of the cluster is taken for true. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final RunsModel runs;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<Act> act = new ReadOnlyObjectWrapper<>(new Act.None());
    private Object wish = new Object();
    private Optional<Callable<Offer>> ask = Optional.empty();
    private Instant asked = Instant.EPOCH;
    private Callable<Optional<Act.Report>> after = Optional::empty;
    private @Nullable Thread asking;

    public ActModel(RunsModel runs) {
        this(runs, InstantSource.system());
    }

    /** @param clock tells when an offer was made and when it is agreed to */
    public ActModel(RunsModel runs, InstantSource clock) {
        this.runs = runs;
        this.clock = clock;
        runs.allProperty().subscribe(all -> look());
    }

    public ReadOnlyObjectProperty<Act> actProperty() {
        return act.getReadOnlyProperty();
    }

    public RunsModel runs() {
        return runs;
    }

    /** Asks for an offer; what was shown before is put away. */
    public void wish(String name, Callable<Offer> ask) {
        wish(name, ask, Optional::empty);
    }

    /** @param after what is to be told once the run was done */
    public void wish(String name, Callable<Offer> ask, Callable<Optional<Act.Report>> after) {
        close();
        var wanted = wish;
        this.after = after;
        this.ask = Optional.of(ask);
        ask(name, offer -> show(wanted, new Act.Offered(offer, false)));
    }

    private void ask(String name, Consumer<Offer> then) {
        var wanted = wish;
        asked = clock.instant();
        act.set(new Act.Asking());
        asking = Work.begin("ask " + name, ask.orElseThrow(), then, failure -> show(wanted, new Act.Failed(failure)));
    }

    /** Shows what a check found. */
    public void report(Act.Report report) {
        close();
        act.set(report);
    }

    /** Shows a failure of something else. */
    public void failed(Failure failure) {
        close();
        act.set(new Act.Failed(failure));
    }

    /** Shows an offer that was made already. */
    public void offer(Offer offer) {
        close();
        act.set(new Act.Offered(offer, false));
    }

    /** Runs what was consented to; asks again first when that was offered a while ago, and shows what is another change by now. */
    public void go(Offer.Ready ready) {
        if (ask.isEmpty() || asked.plus(FRESH).isAfter(clock.instant())) {
            start(ready);
            return;
        }
        var wanted = wish;
        ask("again", offer -> {
            var still = offer.all().stream().filter(ready::sameAs).findFirst();
            if (wanted == wish) {
                still.ifPresentOrElse(this::start, () -> show(wanted, new Act.Offered(offer, true)));
            }
        });
    }

    private void start(Offer.Ready ready) {
        var wanted = wish;
        act.set(new Act.Starting());
        runs.start(
                ready,
                () -> {
                    show(wanted, new Act.Running(ready.plan().id()));
                    look();
                },
                failure -> show(wanted, new Act.Failed(failure)));
    }

    /** Tells what the run found, once it is done. */
    private void look() {
        if (!(act.get() instanceof Act.Running running) || !done(running.plan())) {
            return;
        }
        var wanted = wish;
        var ask = after;
        after = Optional::empty;
        Work.begin(
                "what " + running.plan() + " found",
                ask,
                found -> found.ifPresent(report -> show(wanted, report)),
                failure -> show(wanted, new Act.Failed(failure)));
    }

    private boolean done(PlanId plan) {
        return runs.state(plan)
                .flatMap(s -> s.ended())
                .filter(e -> e.outcome() == Outcome.DONE)
                .isPresent();
    }

    /** Only for the wish that is still the present one: an answer that comes after the sheet was closed changes nothing. */
    private void show(Object wanted, Act now) {
        if (wanted == wish) {
            act.set(now);
        }
    }

    /** Puts the sheet away; a question under way is cancelled, a run goes on. */
    public void close() {
        if (asking != null) {
            asking.interrupt();
            asking = null;
        }
        wish = new Object();
        after = Optional::empty;
        ask = Optional.empty();
        act.set(new Act.None());
    }
}
