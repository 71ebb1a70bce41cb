package io.clusterdeck.plan;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.say.Bug;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Line;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run with its journal: every event is masked, written, folded into the state and told, in this order and one at a time. */
final class JournaledRun implements Run {

    private static final Logger LOG = LoggerFactory.getLogger(JournaledRun.class);

    /**
     * What a resumed run still has to settle before it goes on.
     *
     * @param again the plan computed anew, where it can be
     * @param done what needs no second look at its data
     * @param accepted differences that the operator approved
     */
    record Recheck(Again again, Set<StepId> done, List<Say> accepted) {}

    /** Computes the plan anew; empty where what was approved is all there is. */
    interface Again {
        Optional<Plan> plan() throws Failure, InterruptedException;
    }

    /** How long an approval holds whose plan can't be computed anew: what it would cost now, nobody has looked at. */
    private static final Duration APPROVED = Duration.ofMinutes(10);

    private final Journal journal;
    private final Mask mask;
    private final Runner runner;
    private final Consumer<RunState> all;
    private final List<Consumer<RunEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<RunEvent> notes = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile RunState state;

    /**
     * @param state as it stands before it begins
     * @param done steps that ended well before
     * @param owed steps to be undone before anything else
     */
    JournaledRun(
            RunState state,
            Journal journal,
            Mask mask,
            Ground ground,
            Set<StepId> done,
            Collection<Step> owed,
            Supplier<Optional<Failure>> lease,
            Consumer<RunState> all) {
        this.state = state;
        this.journal = journal;
        this.mask = mask;
        this.all = all;
        this.runner = new Runner(state.plan().id(), ground, done, owed, lease, this::happen);
    }

    /** Writes down that it begins; then goes on by itself. {@code after} is called when everything has ended. */
    void begin(Optional<Recheck> recheck, Runnable after) {
        happen(new RunEvent.Began(Instant.now(), state.plan(), state.consent(), recheck.isPresent()));
        Thread.ofVirtual().name("run " + state.plan().id()).start(() -> go(recheck, after));
    }

    private void go(Optional<Recheck> recheck, Runnable after) {
        try {
            var outcome = recheck.isPresent() ? resume(recheck.get()) : runner.run(state.plan());
            happen(new RunEvent.Ended(Instant.now(), outcome));
        } catch (JournalTap.Halted dead) {
            LOG.info("halted: {}", dead.getMessage());
        } catch (RuntimeException | Error bug) {
            LOG.error("run {} broke", state.plan().id(), bug);
            happen(new RunEvent.Ended(Instant.now(), Outcome.FAILED));
        } finally {
            after.run();
            over.countDown();
        }
    }

    private Outcome resume(Recheck recheck) {
        if (!runner.undo()) {
            return Outcome.FAILED;
        }
        var approved = state.plan();
        var fresh = new AtomicReference<Optional<Plan>>(Optional.empty());
        var failure = new AtomicReference<Failure>();
        runner.work(Map.of("facts", () -> {
            try {
                fresh.set(recheck.again().plan());
            } catch (Failure failed) {
                failure.set(failed);
            } catch (RuntimeException bug) {
                failure.set(new Bug(Say.of("plan.again", "why", bug), Say.of("plan.bug.next"), bug));
            } catch (InterruptedException cancelled) {
                LOG.debug("cancelled while the plan was computed again", cancelled); // run() ends at once
            }
        }));
        if (failure.get() != null) {
            var first = approved.steps().stream()
                    .filter(s -> !recheck.done().contains(s.id()))
                    .findFirst()
                    .orElse(approved.steps().getFirst());
            var why = failure.get();
            happen(new RunEvent.StepFailed(Instant.now(), first.id(), why.what(), why.next(), List.of()));
            return Outcome.FAILED;
        }
        var again = Objects.requireNonNull(fresh.get());
        var now = again.orElseGet(() -> ApprovedStep.remade(approved));
        var differences = new ArrayList<>(Differences.between(approved, now, recheck.done()).stream()
                .map(mask::say)
                .toList());
        if (again.isEmpty() && state.began().plus(APPROVED).isBefore(Instant.now())) {
            differences.add(Say.of("plan.aged", "since", state.began().truncatedTo(ChronoUnit.SECONDS)));
        }
        if (differences.isEmpty()) {
            return runner.run(approved);
        }
        if (!same(differences, recheck.accepted())) {
            happen(new RunEvent.Paused(Instant.now(), differences));
            return Outcome.PAUSED;
        }
        var accepted = new Plan(approved.id(), approved.on(), now.title(), now.stages(), now.costs(), now.until());
        happen(new RunEvent.Began(Instant.now(), accepted, state.consent(), true));
        return runner.run(accepted);
    }

    /** Says it at the steps that run now, or at the one that is next; also to whoever listens only later. */
    synchronized void note(Say say) {
        var ids = state.plan().steps().stream().map(Step::id).toList();
        var running = ids.stream().filter(id -> state.of(id).runs()).toList();
        var next = ids.stream()
                .filter(id -> state.of(id).phase() == RunState.Phase.WAITS)
                .limit(1);
        (running.isEmpty() ? next.toList() : running).forEach(id -> {
            var note = new RunEvent.StepLine(Instant.now(), id, new Line.Said(mask.say(say)));
            notes.add(note);
            tell(note);
        });
    }

    /** Compared as they read, since a journal keeps no difference between 1 and 1L. */
    private static boolean same(List<Say> one, List<Say> other) {
        return one.toString().equals(other.toString());
    }

    private synchronized void happen(RunEvent event) {
        var told = masked(event);
        try {
            journal.write(
                    told,
                    told instanceof RunEvent.StepDone d ? state.of(d.step()).lastLines() : List.of());
        } catch (Journal.Broken unwritten) {
            LOG.error("the journal of {} can't be written: {}", state.plan().id(), unwritten.getMessage());
            boolean goesOn = told instanceof RunEvent.Began
                    || told instanceof RunEvent.StepBegan
                    || told instanceof RunEvent.StepDone;
            if (goesOn) {
                step(told).ifPresent(s -> tell(unwritten(s, unwritten)));
                throw unwritten;
            }
        }
        tell(told);
    }

    private static RunEvent unwritten(StepId step, Journal.Broken why) {
        return new RunEvent.StepFailed(
                Instant.now(),
                step,
                Say.of("plan.unwritten", "why", String.valueOf(why.getCause())),
                Say.of("plan.unwritten.next"),
                List.of());
    }

    private static Optional<StepId> step(RunEvent event) {
        return switch (event) {
            case RunEvent.StepBegan b -> Optional.of(b.step());
            case RunEvent.StepDone d -> Optional.of(d.step());
            default -> Optional.empty();
        };
    }

    private void tell(RunEvent event) {
        state = state.after(event);
        listeners.forEach(l -> tell(l, event));
        tell(all, state);
    }

    private static <T> void tell(Consumer<T> listener, T what) {
        try {
            listener.accept(what);
        } catch (RuntimeException bug) {
            LOG.error("a listener of a run broke", bug); // its own mistake must not stop the run
        }
    }

    private RunEvent masked(RunEvent event) {
        return switch (event) {
            case RunEvent.StepLine l -> new RunEvent.StepLine(l.at(), l.step(), mask.line(l.line()));
            case RunEvent.StepDone d -> new RunEvent.StepDone(d.at(), d.step(), d.applied(), mask.say(d.found()));
            case RunEvent.StepFailed f ->
                new RunEvent.StepFailed(
                        f.at(),
                        f.step(),
                        mask.say(f.why()),
                        mask.say(f.next()),
                        f.lastLines().stream().map(mask::text).toList());
            default -> event;
        };
    }

    @Override
    public RunState state() {
        return state;
    }

    @Override
    public synchronized Subscription each(Consumer<RunEvent> to) {
        notes.forEach(n -> tell(to, n));
        listeners.add(to);
        return () -> listeners.remove(to);
    }

    @Override
    public void cancel() {
        runner.cancel();
    }

    @Override
    public void stopAfterStep() {
        runner.stopAfterStep();
    }

    @Override
    public RunState await() throws InterruptedException {
        over.await();
        return state;
    }
}
