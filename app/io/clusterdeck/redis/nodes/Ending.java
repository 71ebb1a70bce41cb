package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was shown of the end of a node, as far as it may get worse until then ({@link Still}).
 *
 * @param node as it was seen
 * @param owns whether it is ended as an owner of slots: not where it hands them over before
 * @param heir whether a replica takes them over once it has died
 * @param with who ends together with it
 * @param whole where a start was found to load all that it holds, and somebody counts on that: whether it ends by SIGTERM
 */
public record Ending(Node node, boolean owns, boolean heir, Set<NodeId> with, Optional<Boolean> whole) {
    static final String AS = "as";
    /** It owns no slots. */
    static final String REPLICA = "replica";
    /** It owns slots, and somebody is there who takes them over. */
    static final String REPLACED = "replaced";
    /** It owns slots, which nobody takes over. */
    static final String ALONE = "alone";
    /** How many slots it owns. */
    static final String SLOTS = "slots";
    /** Without it masters enough are left to vote. */
    static final String MAJORITY = "majority";
    /** A replica takes what it writes. */
    static final String FOLLOWED = "followed";
    /** Somebody else of its shard is there. */
    static final String COPIES = "copies";

    static final String WITH = "with";
    static final String WHOLE = "whole";

    public static Ending of(Node node, boolean owns, boolean heir) {
        return new Ending(node, owns, heir, Set.of(), Optional.empty());
    }

    public Ending together(Collection<Node> others) {
        var ids = others.stream().map(Node::id).filter(id -> !id.equals(node.id()));
        return new Ending(node, owns, heir, ids.collect(Collectors.toUnmodifiableSet()), whole);
    }

    public Ending whole(boolean graceful) {
        return new Ending(node, owns, heir, with, Optional.of(graceful));
    }

    StepSpec noted(StepSpec spec, Ops ops) {
        var state = ops.now().get();
        var args = new HashMap<>(spec.args());
        args.put("cluster", ops.spec().get().name());
        args.put("node", node.id().value());
        args.put(AS, !owns ? REPLICA : heir ? REPLACED : ALONE);
        args.put(WITH, with.stream().map(NodeId::value).sorted().collect(Collectors.joining(" ")));
        if (owns) {
            args.put(SLOTS, Integer.toString(node.slotCount()));
        }
        var lost = new HashSet<>(with);
        lost.add(node.id());
        note(args, MAJORITY, owns && Quorum.without(state, lost).holds());
        note(args, FOLLOWED, owns && heir && others(state, node.id()).anyMatch(Ending::follows));
        note(args, COPIES, !owns && copies(state));
        whole.ifPresent(graceful -> args.put(WHOLE, graceful ? "TERM" : "KILL"));
        return new StepSpec(spec.kind(), args);
    }

    private static void note(HashMap<String, String> args, String what, boolean holds) {
        if (holds) {
            args.put(what, "yes");
        }
    }

    /** Of a master that hands over, its heir. */
    private boolean copies(ClusterState state) {
        var master = node.master();
        return master.isEmpty()
                || master.flatMap(state::node)
                        .filter(m -> m.up() && !with.contains(m.id()))
                        .isPresent()
                || others(state, master.get()).anyMatch(Node::up);
    }

    private Stream<Node> others(ClusterState state, NodeId master) {
        return state.replicasOf(master).stream().filter(r -> !r.id().equals(node.id()) && !with.contains(r.id()));
    }

    private static boolean follows(Node replica) {
        return replica.info()
                .flatMap(i -> i.text("master_link_status"))
                .filter("up"::equals)
                .isPresent();
    }
}
