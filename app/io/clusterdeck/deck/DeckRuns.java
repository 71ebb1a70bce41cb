package io.clusterdeck.deck;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.Run;
import io.clusterdeck.plan.RunEvent;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.Runs;
import io.clusterdeck.plan.Subscription;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.store.Home;
import io.clusterdeck.store.SayLog;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs that keep what a new cluster needs before they begin, and write down in the audit who did what, and how it ended. */
final class DeckRuns implements Runs {

    private static final Logger LOG = LoggerFactory.getLogger(DeckRuns.class);

    /** Refuses a plan for a cluster on which nothing may be changed; asked before each start, resume and acceptance. */
    interface Gate {
        void pass(Plan plan) throws Failure;
    }

    /** Called before a plan begins. */
    interface Before {
        void start(Plan plan) throws Failure;
    }

    /** Called after what became of a plan. */
    interface After {
        void done(Plan plan) throws Failure;
    }

    private final Runs runs;
    private final Home home;
    private final Gate gate;
    private final Before before;
    private final After refused;
    private final After after;

    /** @param refused called where a plan that was about to begin did not */
    DeckRuns(Runs runs, Home home, Gate gate, Before before, After refused, After after) {
        this.runs = runs;
        this.home = home;
        this.gate = gate;
        this.before = before;
        this.refused = refused;
        this.after = after;
    }

    @Override
    public Known known() {
        return runs.known();
    }

    @Override
    public RunState one(PlanId id) throws Failure {
        return runs.one(id);
    }

    @Override
    public Subscription each(Consumer<RunState> to) {
        return runs.each(to);
    }

    @Override
    public Run start(Offer.Ready agreed) throws Failure, InterruptedException {
        var plan = agreed.plan();
        gate.pass(plan);
        before.start(plan);
        try {
            return audited(plan, "deck.audit.started", () -> runs.start(agreed));
        } catch (Failure | InterruptedException notBegun) {
            withdraw(plan, notBegun);
            throw notBegun;
        }
    }

    /** Unless it is one that began before: that one goes on to need what was kept. */
    private void withdraw(Plan plan, Exception notBegun) {
        try {
            if (runs.all().stream().noneMatch(r -> r.plan().id().equals(plan.id()))) {
                refused.done(plan);
            }
        } catch (Failure unread) {
            notBegun.addSuppressed(unread);
        }
    }

    @Override
    public Run resume(PlanId id) throws Failure, InterruptedException {
        return audited(pass(id), "deck.audit.resumed", () -> runs.resume(id));
    }

    @Override
    public Run accept(PlanId id) throws Failure, InterruptedException {
        return audited(pass(id), "deck.audit.accepted", () -> runs.accept(id));
    }

    private Plan pass(PlanId id) throws Failure {
        var plan = runs.one(id).plan();
        var on = plan.on();
        if (!home.clusters().contains(on.name())) {
            throw new NotAllowed(Say.of("deck.run-of-gone", "cluster", on), Say.of("deck.run-of-gone.next"));
        }
        gate.pass(plan);
        return plan;
    }

    private interface Beginning {
        Run begin() throws Failure, InterruptedException;
    }

    /** Written down before it begins: where that can't be done, nothing is. */
    private Run audited(Plan plan, String began, Beginning beginning) throws Failure, InterruptedException {
        var audit = home.audit(plan.on().name());
        audit.add(entry(Say.of(began, "what", plan.title(), "plan", plan.id())));
        try {
            var run = beginning.begin();
            return new Audited(
                    run, Thread.ofVirtual().name("audit " + plan.id()).start(() -> end(plan, run, audit)));
        } catch (Failure refused) {
            audit.add(entry(Say.of("deck.audit.refused", "what", plan.title(), "why", refused.what())));
            throw refused;
        }
    }

    /** A run that is over only when its end is written down. */
    private record Audited(Run run, Thread writing) implements Run {

        @Override
        public RunState state() {
            return run.state();
        }

        @Override
        public Subscription each(Consumer<RunEvent> to) {
            return run.each(to);
        }

        @Override
        public void cancel() {
            run.cancel();
        }

        @Override
        public void stopAfterStep() {
            run.stopAfterStep();
        }

        @Override
        public RunState await() throws InterruptedException {
            var ended = run.await();
            writing.join();
            return ended;
        }
    }

    private void end(Plan plan, Run run, SayLog audit) {
        try {
            var ended = run.await().ended();
            var outcome =
                    ended.map(e -> e.outcome().name().toLowerCase(Locale.ROOT)).orElse("interrupted");
            try {
                audit.add(entry(Say.of("deck.audit." + outcome, "what", plan.title(), "plan", plan.id())));
            } catch (Failure unwritten) {
                LOG.error("the end of {} is missing in the audit", plan.id(), unwritten);
            }
            if (ended.filter(e -> e.outcome() == Outcome.DONE).isPresent()) {
                after.done(plan);
            }
        } catch (InterruptedException | Failure unfinished) {
            LOG.error("what follows {} was not done", plan.id(), unfinished);
        }
    }

    /** By this account on this computer, now. */
    static SayLog.Entry entry(Say what) {
        return new SayLog.Entry(Instant.now(), System.getProperty("user.name", "?") + "@" + computer(), what);
    }

    private static String computer() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "?";
        }
    }
}
