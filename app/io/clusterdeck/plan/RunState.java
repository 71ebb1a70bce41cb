package io.clusterdeck.plan;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A run as far as it has come; immutable, folded from its events.
 *
 * @param consent what had to be agreed to before it began
 * @param differences what would now be another change than was approved, when the run paused for that
 */
public record RunState(
        Plan plan,
        Consent consent,
        Instant began,
        Map<StepId, StepState> steps,
        Optional<RunEvent.Ended> ended,
        List<Say> differences) {

    private static final int TAIL = 40;

    /**
     * One step of a run.
     *
     * @param percent 0 to 100 while it tells, else −1
     * @param busy what it is busy with, or what was found
     * @param began when it was first looked at in this run
     * @param took milliseconds from then, once it ended
     * @param lastLines of its output, at most 40
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

        /** Whether it is being checked or applied. */
        public boolean runs() {
            return phase == Phase.CHECKS || phase == Phase.APPLIES;
        }

        private StepState busy(int percent, Say busy) {
            return new StepState(phase, percent, Optional.of(busy), began, took, lastLines, next);
        }

        private StepState line(String line) {
            var lines = new ArrayList<>(lastLines.subList(Math.max(0, lastLines.size() - TAIL + 1), lastLines.size()));
            lines.add(line);
            return new StepState(phase, percent, busy, began, took, List.copyOf(lines), next);
        }

        private StepState ended(Phase phase, Instant at, Optional<Say> busy, List<String> lines, Optional<Say> next) {
            long took = began.map(b -> Duration.between(b, at).toMillis()).orElse(0L);
            return new StepState(phase, -1, busy, began, took, lines, next);
        }
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

    public static RunState begin(Plan plan, Consent consent, Instant at) {
        return new RunState(plan, consent, at, waiting(plan), Optional.empty(), List.of());
    }

    private static Map<StepId, StepState> waiting(Plan plan) {
        var steps = new LinkedHashMap<StepId, StepState>();
        plan.steps().forEach(s -> steps.put(s.id(), StepState.WAITS));
        return steps;
    }

    /** The state after one more event. */
    public RunState after(RunEvent event) {
        return switch (event) {
            case RunEvent.Began b -> resumed(b.plan());
            case RunEvent.StageBegan s -> this;
            case RunEvent.StepBegan b -> with(b.step(), began(of(b.step()), b));
            case RunEvent.StepLine l -> with(l.step(), line(of(l.step()), l.line()));
            case RunEvent.StepDone d -> {
                var was = of(d.step());
                var phase = d.applied() ? Phase.DONE : Phase.WAS_THERE;
                yield with(
                        d.step(), was.ended(phase, d.at(), Optional.of(d.found()), was.lastLines(), Optional.empty()));
            }
            case RunEvent.StepFailed f ->
                with(
                        f.step(),
                        of(f.step())
                                .ended(
                                        Phase.FAILED,
                                        f.at(),
                                        Optional.of(f.why()),
                                        f.lastLines(),
                                        Optional.of(f.next())));
            case RunEvent.StepUndone u -> {
                var was = of(u.step());
                yield with(
                        u.step(), was.ended(Phase.UNDONE, u.at(), Optional.empty(), was.lastLines(), Optional.empty()));
            }
            case RunEvent.Paused p -> new RunState(plan, consent, began, steps, ended, p.differences());
            case RunEvent.Ended e -> new RunState(plan, consent, began, steps, Optional.of(e), differences);
        };
    }

    /** As it has to be agreed to again before it is taken up once more: costs that are over are named no more. */
    public Offer.Ready offer() {
        var done = steps.entrySet().stream()
                .filter(s -> s.getValue().phase() == Phase.DONE || s.getValue().phase() == Phase.WAS_THERE)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new Offer.Ready(plan.goingOn(done), consent);
    }

    public StepState of(StepId id) {
        return steps.getOrDefault(id, StepState.WAITS);
    }

    /** Whether it came to an end other than done, so that it can be taken up again. */
    public boolean resumable() {
        return ended.filter(e -> e.outcome() != RunEvent.Outcome.DONE).isPresent();
    }

    /** Whether something was done that is to be taken back still: that failed, or nobody was there any more to do it. */
    public boolean owes() {
        return ended.isEmpty()
                || steps.values().stream()
                        .anyMatch(s -> s.busy()
                                .filter(what -> what.key().equals(Runner.NOT_UNDONE))
                                .isPresent());
    }

    /** Whether a later run came to the same end, so that taking this one up again would only go back behind it. */
    public boolean overtaken(List<RunState> all) {
        return all.stream()
                .anyMatch(r -> r.ended
                                .filter(e -> e.outcome() == RunEvent.Outcome.DONE)
                                .isPresent()
                        && r.began.isAfter(began)
                        && r.plan.on().equals(plan.on())
                        && r.plan.title().equals(plan.title()));
    }

    private RunState resumed(Plan now) {
        var kept = waiting(now);
        kept.replaceAll((id, waits) -> steps.getOrDefault(id, waits));
        return new RunState(now, consent, began, kept, Optional.empty(), List.of());
    }

    private static StepState began(StepState was, RunEvent.StepBegan b) {
        return b.applying()
                ? new StepState(
                        Phase.APPLIES,
                        -1,
                        was.phase() == Phase.CHECKS ? was.busy() : Optional.empty(),
                        Optional.of(b.since()),
                        0,
                        List.of(),
                        Optional.empty())
                : new StepState(
                        Phase.CHECKS, -1, Optional.empty(), Optional.of(b.at()), 0, List.of(), Optional.empty());
    }

    private static StepState line(StepState was, Line line) {
        return switch (line) {
            case Line.Progress p -> was.busy(p.percent(), Say.of("plan.busy", "what", p.what()));
            case Line.Said s -> was.busy(was.percent(), s.say());
            case Line.Busy b -> was.busy(was.percent(), b.say());
            case Line.Text t -> was.line(t.text());
        };
    }

    private RunState with(StepId id, StepState state) {
        var changed = new LinkedHashMap<>(steps);
        changed.put(id, state);
        return new RunState(plan, consent, began, changed, ended, differences);
    }
}
