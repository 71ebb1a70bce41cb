package io.clusterdeck.plan;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Line;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run as far as it has come; immutable, folded from its events. */
public record RunState(
        Plan plan, Instant began, Map<StepId, StepState> steps, Optional<RunEvent.Ended> ended, List<Say> differences) {

    /**
     * One step of a run.
     *
     * @param percent 0 to 100 while it tells, else −1
     * @param busy what it is busy with, or what was found
     * @param took milliseconds, once it ended
     */
    public record StepState(
            Phase phase,
            int percent,
            Optional<Say> busy,
            Optional<Instant> began,
            long took,
            List<String> lastLines,
            Optional<Say> next) {

        static final StepState WAITS =
                new StepState(Phase.WAITS, -1, Optional.empty(), Optional.empty(), 0, List.of(), Optional.empty());
    }

    public enum Phase {
        WAITS,
        CHECKS,
        APPLIES,
        /** Applied and proven. */
        DONE,
        /** Nothing was to be done. */
        WAS_THERE,
        FAILED,
        UNDONE
    }

    public static RunState begin(Plan plan, Instant at) {
        var steps = new LinkedHashMap<StepId, StepState>();
        plan.steps().forEach(s -> steps.put(s.id(), StepState.WAITS));
        return new RunState(plan, at, steps, Optional.empty(), List.of());
    }

    /** The state after one more event. */
    public RunState after(RunEvent event) {
        return switch (event) {
            case RunEvent.Began b -> new RunState(plan, began, steps, Optional.empty(), List.of());
            case RunEvent.StageBegan s -> this;
            case RunEvent.StepBegan b ->
                with(
                        b.step(),
                        new StepState(
                                b.applying() ? Phase.APPLIES : Phase.CHECKS,
                                -1,
                                Optional.empty(),
                                Optional.of(b.at()),
                                0,
                                List.of(),
                                Optional.empty()));
            case RunEvent.StepLine l ->
                l.line() instanceof Line.Progress p ? with(l.step(), progress(of(l.step()), p)) : this;
            case RunEvent.StepDone d ->
                with(
                        d.step(),
                        ended(
                                d.step(),
                                d.applied() ? Phase.DONE : Phase.WAS_THERE,
                                Optional.of(d.found()),
                                d.at(),
                                List.of(),
                                Optional.empty()));
            case RunEvent.StepFailed f ->
                with(
                        f.step(),
                        ended(
                                f.step(),
                                Phase.FAILED,
                                Optional.of(f.why()),
                                f.at(),
                                f.lastLines(),
                                Optional.of(f.next())));
            case RunEvent.StepUndone u ->
                with(u.step(), ended(u.step(), Phase.UNDONE, Optional.empty(), u.at(), List.of(), Optional.empty()));
            case RunEvent.Paused p -> new RunState(plan, began, steps, ended, p.differences());
            case RunEvent.Ended e -> new RunState(plan, began, steps, Optional.of(e), differences);
        };
    }

    public StepState of(StepId id) {
        return steps.getOrDefault(id, StepState.WAITS);
    }

    private static StepState progress(StepState s, Line.Progress p) {
        return new StepState(
                s.phase(),
                p.percent(),
                Optional.of(Say.of("plan.busy", "what", p.what())),
                s.began(),
                s.took(),
                s.lastLines(),
                s.next());
    }

    private StepState ended(
            StepId id, Phase phase, Optional<Say> busy, Instant at, List<String> lastLines, Optional<Say> next) {
        var began = of(id).began();
        long took = began.map(b -> java.time.Duration.between(b, at).toMillis()).orElse(0L);
        return new StepState(phase, -1, busy, began, took, lastLines, next);
    }

    private RunState with(StepId id, StepState state) {
        var changed = new LinkedHashMap<>(steps);
        changed.put(id, state);
        return new RunState(plan, began, changed, ended, differences);
    }
}
