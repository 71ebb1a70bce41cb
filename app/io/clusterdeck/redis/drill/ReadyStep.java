package io.clusterdeck.redis.drill;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.redis.nodes.ProcessStep;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks right before a node is struck whether more would be lost than was shown. Apart from the blow itself: a look takes seconds, and
 * between two blows that are to fall at once the first shard would already be taken over.
 *
 * @param blow as it would be, with what was shown of it
 */
record ReadyStep(StepId id, HostName on, StepSpec spec, Step blow) implements Step {
    static final String KIND = "drill.ready";

    static ReadyStep of(ProcessStep blow) {
        var id = new StepId(blow.id().value().replaceFirst("^[a-z]+/", "ready/"));
        return new ReadyStep(id, blow.on(), new StepSpec(KIND, blow.spec().args()), blow);
    }

    @Override
    public Say title() {
        return Say.of("drill.step.ready", "node", Addressed.address(spec.arg("address")));
    }

    @Override
    public List<String> commands() {
        return List.of();
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        return blow.check(ground) instanceof Verdict.Blocked no ? no : new Verdict.Done(Say.of("drill.ready"));
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) {}

    @Override
    public boolean reads() {
        return true;
    }
}
