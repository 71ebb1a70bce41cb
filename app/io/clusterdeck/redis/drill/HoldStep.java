package io.clusterdeck.redis.drill;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Lets a fault last. Changes nothing. */
record HoldStep(StepId id, HostName on, StepSpec spec, AtomicBoolean over) implements Step {
    static final String KIND = "drill.hold";

    static HoldStep of(HostName on, Duration time) {
        var args = Map.of("millis", Long.toString(time.toMillis()));
        return of(new StepId("hold/" + time.toMillis()), on, new StepSpec(KIND, args));
    }

    static HoldStep of(StepId id, HostName on, StepSpec spec) {
        return new HoldStep(id, on, spec, new AtomicBoolean());
    }

    private long millis() {
        return Long.parseLong(spec.arg("millis"));
    }

    @Override
    public Say title() {
        return Say.of("drill.step.hold", "t", millis());
    }

    @Override
    public List<String> commands() {
        return List.of("sleep " + (millis() + 999) / 1000);
    }

    @Override
    public Verdict check(Ground ground) {
        return over.get()
                ? new Verdict.Done(Say.of("drill.held", "t", millis()))
                : new Verdict.Needed(Say.of("drill.step.hold", "t", millis()));
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(millis()).toNanos();
        for (long left = millis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            live.accept(new Line.Progress((int) (100 - 100 * left / millis()), left / 1000 + " s"));
            Thread.sleep(Math.min(left, 500));
        }
        over.set(true);
    }
}
