package io.clusterdeck.redis.create;

import static io.clusterdeck.redis.create.Emptiness.text;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.create.Draft.Planned;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gives each node an epoch of its own and each master its slots, while they are still alone: without, nodes change epochs that collide, and
 * the wait before a master serves begins when it sees a majority, which is itself from its first slot on.
 */
final class AssignStep extends CreateStep {

    AssignStep(StepId id, HostName on, StepSpec spec, Ops ops) {
        super(id, on, spec, ops);
    }

    @Override
    public List<String> commands() {
        var epochs = draft().nodes().stream().map(n -> typed(n, "CLUSTER SET-CONFIG-EPOCH " + draft().epoch(n)));
        var slots = draft().masters().stream().map(m -> {
            var range = m.slots().orElseThrow();
            return typed(m, "CLUSTER ADDSLOTS $(seq %d %d)".formatted(range.from(), range.to()));
        });
        return Stream.concat(epochs, slots).toList();
    }

    @Override
    Optional<Say> missing(List<Emptiness.Seen> seen) {
        long served = seen.stream().filter(s -> !s.self().slots().isEmpty()).count();
        int masters = draft().masters().size();
        return served < masters
                ? Optional.of(Say.of("create.missing.assign", "served", served, "masters", masters))
                : Optional.empty();
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        guarded();
        each(draft().nodes(), this::assign);
    }

    private boolean assign(Planned node, Link link) throws Failure, InterruptedException {
        var seen = Emptiness.look(draft(), node, link);
        if (seen.alone() && seen.self().epoch() == 0) {
            text(link, "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(draft().epoch(node)));
        }
        if (node.slots().isPresent() && seen.self().slots().isEmpty()) {
            var slots = node.slots().get();
            var command = Stream.concat(
                            Stream.of("CLUSTER", "ADDSLOTS"),
                            IntStream.rangeClosed(slots.from(), slots.to()).mapToObj(Integer::toString))
                    .toArray(String[]::new);
            text(link, command);
        }
        return true;
    }
}
