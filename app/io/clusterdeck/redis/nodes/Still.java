package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.say.Say;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was true of a node when its end was shown and agreed to, looked at again right before it is ended: between the two lie a minute,
 * or days where a run is resumed. A replica at whose end nothing was at stake may have been elected; the replica that was to take over may
 * be gone. Of what the plan itself has changed nothing is asked: a run that got half-way goes on.
 */
record Still(Ops ops, NodeId node, NodeAddress at, String as) {
    /** It owns no slots. */
    private static final String REPLICA = "replica";
    /** It owns slots, and somebody is there who takes them over. */
    private static final String REPLACED = "replaced";

    /** @param owns whether it is to be ended as an owner of slots, with a replica that takes them over where {@code heir} */
    static StepSpec noted(StepSpec spec, Ops ops, Node node, boolean owns, boolean heir) {
        if (owns && !heir) {
            return spec;
        }
        var args = new HashMap<>(spec.args());
        args.put("cluster", ops.spec().get().name());
        args.put("node", node.id().value());
        args.put("as", owns ? REPLACED : REPLICA);
        return new StepSpec(spec.kind(), args);
    }

    /** Of a step that notes it; asks the nodes. */
    static Optional<Verdict> changed(StepSpec spec, Optional<Ops> ops) throws InterruptedException {
        return ops.isEmpty()
                ? Optional.empty()
                : new Still(
                                ops.get(),
                                new NodeId(spec.arg("node")),
                                Addressed.address(spec.arg("address")),
                                spec.arg("as"))
                        .changed();
    }

    static boolean isNoted(StepSpec spec) {
        return spec.args().containsKey("as");
    }

    private Optional<Verdict> changed() throws InterruptedException {
        Map<NodeAddress, List<NodeRow>> views;
        try (var observers = new Observers(ops)) {
            views = observers.ask();
        }
        boolean replica = as.equals(REPLICA);
        if (!owns(views) || !replica && hasHeir(views)) {
            return Optional.empty();
        }
        return Optional.of(new Verdict.Blocked(
                Say.of(replica ? "nodes.process.now-owner" : "nodes.process.now-alone", "node", at),
                Say.of("nodes.process.now.next")));
    }

    /** It says so, or most do: it is the first to know. */
    private boolean owns(Map<NodeAddress, List<NodeRow>> views) {
        return views.values().stream().anyMatch(v -> owner(v) && itself(v, node)) || Observers.most(views, this::owner);
    }

    private boolean owner(List<NodeRow> view) {
        return Observers.row(view, node)
                .filter(r -> r.role() == Role.MASTER && !r.slots().isEmpty())
                .isPresent();
    }

    private boolean hasHeir(Map<NodeAddress, List<NodeRow>> views) {
        return views.values().stream()
                .anyMatch(v -> v.stream()
                        .anyMatch(r -> r.has(Flag.MYSELF)
                                && r.master().filter(node::equals).isPresent()));
    }

    private static boolean itself(List<NodeRow> view, NodeId id) {
        return Observers.row(view, id).filter(r -> r.has(Flag.MYSELF)).isPresent();
    }
}
