package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Looks at a host once more, right before anything is changed: the same rules as when the plan was made. */
final class LookStep extends HostStep {

    LookStep(StepId id, HostName on, StepSpec spec) {
        super(id, on, spec);
    }

    @Override
    public List<String> commands() {
        return List.of(command(script("facts", "look", "root", "data", "ports")));
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var ports = Arrays.stream(arg("ports").split(" ")).map(Integer::valueOf).toList();
        var facts = Survey.look(ground.host(on()), arg("root"), arg("data"), ports);
        // in a journal of before it was told: wherever somebody listens, the port is taken
        var bind = Arrays.stream(spec().args().getOrDefault("bind", "").split(" "))
                .filter(b -> !b.isEmpty())
                .toList();
        var bad = new Preflight(facts, ports, bind, Long.parseLong(arg("needs_mb")), arg("cluster"), arg("build"))
                .remarks().stream().filter(r -> r.level() == Level.BAD).findFirst();
        return bad.isPresent()
                ? new Verdict.Blocked(bad.get().why(), next(bad.get().why()))
                : new Verdict.Done(Say.of(
                        "build.look.found",
                        "os",
                        facts.osName(),
                        "cores",
                        facts.cores(),
                        "memory",
                        facts.memoryMb() * 1_048_576));
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) {
        throw new IllegalStateException("a look never needs to be applied");
    }
}
