package io.clusterdeck.redis.aof;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.ScriptStep;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Keeps, moves aside or cuts an append-only file on its host; the old bytes stay under a dated name. */
record AofCure(StepId id, HostName on, StepSpec spec) implements Step {
    static final String KIND = "aof.cure";

    private ScriptStep script() {
        return new ScriptStep(
                id,
                on,
                spec,
                title(),
                AofPlace.script(spec, "aof-cure", "apply").within(Duration.ofHours(12)),
                List.of(),
                List.of());
    }

    @Override
    public Say title() {
        return Say.of("aof.step." + spec.arg("act"), "node", Addressed.address(spec.arg("address")));
    }

    @Override
    public List<String> commands() {
        return script().commands();
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        return script().check(ground);
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        script().apply(ground, live);
    }
}
