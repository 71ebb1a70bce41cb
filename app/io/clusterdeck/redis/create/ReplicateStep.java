package io.clusterdeck.redis.create;

import static io.clusterdeck.redis.create.Emptiness.text;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.create.Draft.Planned;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes replicas of those that have no slots. */
final class ReplicateStep extends CreateStep {

    ReplicateStep(StepId id, HostName on, StepSpec spec, Ops ops) {
        super(id, on, spec, ops);
    }

    @Override
    public List<String> commands() {
        return draft().replicas().stream()
                .map(r -> typed(r, "CLUSTER REPLICATE " + r.master().orElseThrow()))
                .toList();
    }

    @Override
    Optional<Say> missing(List<Emptiness.Seen> seen) {
        long follow = seen.stream().filter(s -> s.self().has(Flag.REPLICA)).count();
        int replicas = draft().replicas().size();
        return follow < replicas
                ? Optional.of(Say.of("create.missing.replicate", "follow", follow, "replicas", replicas))
                : Optional.empty();
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        guarded();
        each(draft().replicas(), this::follow);
    }

    private boolean follow(Planned replica, Link link) throws Failure, InterruptedException {
        if (!Emptiness.look(draft(), replica, link).self().has(Flag.REPLICA)) {
            text(link, "CLUSTER", "REPLICATE", replica.master().orElseThrow().value());
            if (draft().small()) {
                MeetStep.tellEverybody(draft(), replica, link);
            }
        }
        return true;
    }
}
