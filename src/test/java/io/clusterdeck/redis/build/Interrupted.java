package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.util.List;
import java.util.function.Consumer;

/** A step before which something happens. */
record Interrupted(Step step, Runnable deed) implements Step {
    @Override
    public StepId id() {
        return step.id();
    }

    @Override
    public HostName on() {
        return step.on();
    }

    @Override
    public Say title() {
        return step.title();
    }

    @Override
    public StepSpec spec() {
        return step.spec();
    }

    @Override
    public List<String> commands() {
        return step.commands();
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        deed.run();
        return step.check(ground);
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        step.apply(ground, live);
    }
}
