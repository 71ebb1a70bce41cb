package io.clusterdeck.redis.safety;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.MinReplicas;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether some nodes may go away now, without a word: their host is rebooted, patched or unplugged. Yes means that no client is refused
 * and nothing is lost while they are away.
 *
 * @param why what speaks against it, or what holds all the same; in the order of what matters
 * @param heirs what makes it safe: replica to the master whose shard it takes over first; empty where nothing is to be done or nothing helps
 */
public record Safety(Answer answer, List<Say> why, Map<NodeId, NodeId> heirs) {

    /** {@code UNKNOWN} where too little is seen to tell. */
    public enum Answer {
        YES,
        NO,
        UNKNOWN
    }

    /** What a node tells on which the answer depends. */
    private static final List<String> TOLD = List.of(
            "master_link_status",
            "master_sync_in_progress",
            "loading",
            "redis_version",
            "config:min-replicas-to-write",
            "config:cluster-node-timeout",
            "config:cluster-replica-validity-factor",
            "config:cluster-replica-no-failover");

    public Safety {
        why = List.copyOf(why);
        heirs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(heirs));
    }

    /** Whether a plan makes it safe. */
    public boolean curable() {
        return answer == Answer.NO && !heirs.isEmpty();
    }

    /** @param leaving the nodes that would be away together */
    public static Safety of(ClusterState state, Set<NodeId> leaving, Terms terms) {
        return new Judge(state, leaving, terms).judge();
    }

    /**
     * Of all nodes on a machine. No yes for one of ours while it is not known of some nodes where they are: it may be there.
     *
     * @param host the operator's name for it, or its address where it has none
     */
    public static Safety ofHost(ClusterState state, String host, Terms terms) {
        var safety = of(state, on(state, host), terms);
        var unplaced = state.nodes().values().stream()
                .filter(n -> n.host().isEmpty())
                .map(n -> n.address().toString())
                .sorted()
                .toList();
        boolean byAddress = state.nodes().values().stream()
                .anyMatch(n -> n.host().isEmpty() && n.address().host().equals(host));
        return safety.answer() == Answer.YES && !byAddress && !unplaced.isEmpty()
                ? new Safety(
                        Answer.UNKNOWN, List.of(Say.of("safety.unplaced", "nodes", unplaced, "host", host)), Map.of())
                : safety;
    }

    /** Of a machine on which another cluster has nodes, too: the worse of both answers, with what speaks against it there. */
    public Safety and(String cluster, Safety there) {
        if (there.answer == Answer.YES) {
            return this;
        }
        var all = new ArrayList<>(answer == Answer.YES ? List.of() : why);
        there.why.forEach(w -> all.add(Say.of("safety.there", "cluster", cluster, "why", w)));
        boolean no = answer == Answer.NO || there.answer == Answer.NO;
        return new Safety(no ? Answer.NO : Answer.UNKNOWN, all, heirs);
    }

    static Set<NodeId> on(ClusterState state, String host) {
        return state.nodes().values().stream()
                .filter(n -> Judge.machine(n).equals(host))
                .map(Node::id)
                .collect(Collectors.toSet());
    }

    /** Another one whenever the answer may be another: what is asked again then needs not be asked at every tick. */
    public static int shape(ClusterState state) {
        int shape = 31 * state.owners().covered()
                + (int) state.health().stream()
                        .filter(f -> f.rule().equals("no-reboot"))
                        .count();
        for (var n : state.nodes().values()) {
            shape = 31 * shape
                    + Objects.hash(
                            n.id(),
                            n.role(),
                            n.master(),
                            n.host(),
                            n.contact().getClass().getName(),
                            n.up(),
                            n.failed(),
                            n.slotCount(),
                            n.info().isPresent(),
                            told(n),
                            MinReplicas.of(n));
        }
        return shape;
    }

    private static int told(Node node) {
        int told = 1;
        for (var key : TOLD) {
            told = 31 * told + node.info().map(i -> i.info().get(key)).hashCode();
        }
        return told;
    }
}
