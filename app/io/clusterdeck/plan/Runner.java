package io.clusterdeck.plan;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes one plan, once: stages one after another, the steps of a stage side by side on different hosts and in order on the same
 * one. Each step is checked; what is needed is applied and checked again. When it stops before the end, the steps that were begun and
 * can be undone are undone, last first.
 */
final class Runner {

    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

    /** What is told of a step that could not be taken back. */
    static final String NOT_UNDONE = "plan.not-undone";

    private final PlanId id;
    private final Ground ground;
    private final Supplier<Optional<Failure>> lease;
    private final Consumer<RunEvent> tell;
    private final Set<StepId> done;
    private final SequencedSet<Step> owed = new LinkedHashSet<>();
    private final Set<StepId> finished = ConcurrentHashMap.newKeySet();
    private final List<Thread> workers = new ArrayList<>();
    private boolean cancelled;
    private volatile boolean stopping;
    private volatile boolean failed;
    private volatile @Nullable Say failure;
    private volatile JournalTap.@Nullable Halted halted;

    /**
     * @param done steps that ended well in an earlier execution
     * @param owed steps of an earlier execution that are still to be undone, in the order in which they were begun
     * @param lease tells how the right to change the cluster was lost, once it was
     * @param tell journals an event and tells it, on the thread where it happened
     */
    Runner(
            PlanId id,
            Ground ground,
            Set<StepId> done,
            Collection<Step> owed,
            Supplier<Optional<Failure>> lease,
            Consumer<RunEvent> tell) {
        this.id = id;
        this.ground = ground;
        this.done = Set.copyOf(done);
        this.owed.addAll(owed);
        this.lease = lease;
        this.tell = tell;
    }

    /** Ends what runs now and undoes what must not last. */
    synchronized void cancel() {
        cancelled = true;
        workers.forEach(Thread::interrupt);
    }

    /** Lets the running steps end. */
    void stopAfterStep() {
        stopping = true;
    }

    /** Executes a plan to its end, on the calling thread, which must not be interrupted. */
    Outcome run(Plan plan) {
        for (var stage : plan.stages()) {
            if (stops()) {
                break;
            }
            tell.accept(new RunEvent.StageBegan(Instant.now(), stage.id()));
            sideBySide(stage);
        }
        if (finished.size() == plan.steps().size()) {
            return Outcome.DONE;
        }
        boolean clean = undo();
        return cancelled() && clean ? Outcome.CANCELLED : failed || !clean ? Outcome.FAILED : Outcome.PAUSED;
    }

    private synchronized boolean cancelled() {
        return cancelled;
    }

    private boolean stops() {
        return failed || stopping || cancelled();
    }

    private void sideBySide(Stage stage) {
        Map<HostName, List<Step>> byHost = new LinkedHashMap<>();
        stage.steps()
                .forEach(s ->
                        byHost.computeIfAbsent(s.on(), h -> new ArrayList<>()).add(s));
        var bodies = new LinkedHashMap<String, Runnable>();
        byHost.forEach((host, steps) -> bodies.put(host.value(), () -> inOrder(steps)));
        work(bodies);
    }

    /** Does these side by side on threads that {@link #cancel} interrupts, and waits for them. */
    void work(Map<String, Runnable> bodies) {
        var threads = new ArrayList<Thread>();
        bodies.forEach((name, body) ->
                threads.add(Thread.ofVirtual().name("run " + id + " " + name).unstarted(() -> living(body))));
        synchronized (this) {
            if (cancelled) {
                return;
            }
            workers.addAll(threads);
            threads.forEach(Thread::start);
        }
        threads.forEach(Runner::join);
        synchronized (this) {
            workers.clear();
        }
        var dead = halted;
        if (dead != null) {
            throw dead;
        }
    }

    private void living(Runnable body) {
        try {
            body.run();
        } catch (JournalTap.Halted dead) {
            halted = dead;
        } catch (Journal.Broken unwritten) {
            failed = true; // told where it happened
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException later) {
                interrupted = true; // the run ends by cancel(); whoever interrupts its thread waits for the steps, too
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void inOrder(List<Step> steps) {
        for (var step : steps) {
            if (stops() || halted != null || !one(step)) {
                return;
            }
            finished.add(step.id());
        }
    }

    /** Whether it is done now. */
    private boolean one(Step step) {
        var tail = new Tail();
        try {
            holdLease();
            var since = Instant.now();
            tell.accept(new RunEvent.StepBegan(since, step.id(), false));
            if (step.passes() && done.contains(step.id())) {
                return done(step, false, Say.of("plan.passed"));
            }
            return switch (step.check(ground)) {
                case Verdict.Done d -> done(step, false, d.found());
                case Verdict.Blocked b -> fail(step, b.why(), b.cure(), List.of());
                case Verdict.Needed n -> apply(step, since, tail);
            };
        } catch (JournalTap.Halted | Journal.Broken end) {
            throw end;
        } catch (InterruptedException ended) {
            return fail(step, ended, tail); // by cancel()
        } catch (Throwable why) {
            return fail(step, why, tail);
        }
    }

    private boolean apply(Step step, Instant since, Tail tail) throws Failure, InterruptedException {
        holdLease();
        if (step.undoable()) {
            synchronized (owed) {
                owed.addLast(step);
            }
        }
        tell.accept(new RunEvent.StepBegan(Instant.now(), step.id(), true, since));
        Verdict verdict;
        try {
            step.apply(ground, line -> {
                tail.add(line);
                tell.accept(new RunEvent.StepLine(Instant.now(), step.id(), line));
            });
            verdict = step.check(ground);
        } catch (Failure | InterruptedException | RuntimeException why) {
            if (!cancelled() || why instanceof Journal.Broken) {
                throw why;
            }
            return cutOff(step, why, tail);
        }
        return switch (verdict) {
            case Verdict.Done d -> done(step, true, d.found());
            case Verdict.Blocked b -> fail(step, b.why(), b.cure(), tail.lines());
            case Verdict.Needed n ->
                fail(
                        step,
                        Say.of("plan.not-proven", "missing", n.missing()),
                        Say.of("plan.not-proven.next"),
                        tail.lines());
        };
    }

    /** Cancelled while it was applied: what was sent can't be taken back, and may take effect only later. */
    private boolean cutOff(Step step, Throwable why, Tail tail) {
        LOG.info("step {} of {} was cancelled", step.id(), id, why);
        var unknown = Stream.concat(Stream.of(why), Stream.of(why.getSuppressed()))
                .filter(OutcomeUnknown.class::isInstance)
                .map(OutcomeUnknown.class::cast)
                .findFirst();
        return fail(
                step,
                unknown.map(Failure::what).orElseGet(() -> Say.of("plan.cancelled-within")),
                unknown.map(Failure::next).orElseGet(() -> Say.of("plan.interrupted.next")),
                tail.lines());
    }

    private void holdLease() throws Failure {
        var lost = lease.get();
        if (lost.isPresent()) {
            throw lost.get();
        }
    }

    private boolean done(Step step, boolean applied, Say found) {
        tell.accept(new RunEvent.StepDone(Instant.now(), step.id(), applied, found));
        return true;
    }

    private boolean fail(Step step, Throwable why, Tail tail) {
        if (cancelled()) {
            return fail(step, Say.of("plan.cancelled"), Say.of("plan.cancelled.next"), tail.lines());
        }
        if (why instanceof CommandFailed f && !f.lastLines().isEmpty()) {
            return fail(step, f.what(), f.next(), f.lastLines());
        }
        if (why instanceof Failure f) {
            return fail(step, f.what(), f.next(), tail.lines());
        }
        LOG.error("step {} of {} broke", step.id(), id, why);
        return fail(step, Say.of("plan.bug", "what", why.toString()), Say.of("plan.bug.next"), tail.lines());
    }

    private boolean fail(Step step, Say why, Say next, List<String> lines) {
        failed = true;
        if (failure == null && !cancelled()) {
            failure = why;
        }
        tell.accept(new RunEvent.StepFailed(Instant.now(), step.id(), why, next, lines));
        return false;
    }

    /** Undoes what is owed, last first; whether nothing is owed any more. */
    boolean undo() {
        for (var step : List.copyOf(owed.reversed())) {
            var tail = new Tail();
            try {
                step.undo(ground, Optional.ofNullable(failure), line -> {
                    tail.add(line);
                    tell.accept(new RunEvent.StepLine(Instant.now(), step.id(), line));
                });
                owed.remove(step);
                tell.accept(new RunEvent.StepUndone(Instant.now(), step.id()));
            } catch (InterruptedException | Failure | RuntimeException why) {
                LOG.info("step {} of {} was not undone", step.id(), id, why);
                var said = why instanceof Failure f ? f.what() : Say.of("plan.bug", "what", why.toString());
                fail(step, Say.of(NOT_UNDONE, "why", said), Say.of("plan.not-undone.next"), tail.lines());
            }
        }
        return owed.isEmpty();
    }
}
