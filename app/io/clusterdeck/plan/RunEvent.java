package io.clusterdeck.plan;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Line;
import java.time.Instant;
import java.util.List;

/** What happens during a run, in order; told to views, cli and tests. */
public sealed interface RunEvent {

    Instant at();

    /** @param consent what the operator had to agree to, and has to again before it is taken up once more */
    record Began(Instant at, Plan plan, Consent consent, boolean resumed) implements RunEvent {}

    record StageBegan(Instant at, String stage) implements RunEvent {}

    /**
     * Checking, or applying.
     *
     * @param since when its check began
     */
    record StepBegan(Instant at, StepId step, boolean applying, Instant since) implements RunEvent {
        public StepBegan(Instant at, StepId step, boolean applying) {
            this(at, step, applying, at);
        }
    }

    record StepLine(Instant at, StepId step, Line line) implements RunEvent {}

    /** @param applied false when its check found nothing to do */
    record StepDone(Instant at, StepId step, boolean applied, Say found) implements RunEvent {}

    record StepFailed(Instant at, StepId step, Say why, Say next, List<String> lastLines) implements RunEvent {}

    record StepUndone(Instant at, StepId step) implements RunEvent {}

    /** The plan would now be another one than was approved: the run waits for the operator. */
    record Paused(Instant at, List<Say> differences) implements RunEvent {}

    record Ended(Instant at, Outcome outcome) implements RunEvent {}

    enum Outcome {
        DONE,
        FAILED,
        CANCELLED,
        PAUSED
    }
}
