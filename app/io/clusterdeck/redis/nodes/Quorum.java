package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The masters that vote: those that hold slots (clusterHandleSlaveFailover and markNodeAsFailingIfNeeded in cluster.c).
 *
 * @param voters masters that hold slots
 * @param up of those, the ones that serve now
 */
public record Quorum(int voters, int up) {
    public static Quorum of(ClusterState state) {
        return without(state, Set.of());
    }

    /** As it would be were these nodes gone. */
    public static Quorum without(ClusterState state, Set<NodeId> lost) {
        var voters = state.nodes().values().stream()
                .filter(n -> n.isMaster() && !n.slots().isEmpty())
                .toList();
        long up = voters.stream().filter(n -> n.up() && !lost.contains(n.id())).count();
        return new Quorum(voters.size(), (int) up);
    }

    /**
     * As the nodes say now: a voter serves where it answers us, or where nobody who answers misses it.
     *
     * @param by whose view tells who votes
     */
    static Quorum of(Map<NodeAddress, List<NodeRow>> views, NodeAddress by) {
        return of(views, by, Set.of());
    }

    /** As it would be were these nodes gone. */
    static Quorum of(Map<NodeAddress, List<NodeRow>> views, NodeAddress by, Set<NodeId> lost) {
        var voters = views.getOrDefault(by, List.of()).stream()
                .filter(r -> r.role() == Role.MASTER && !r.slots().isEmpty())
                .toList();
        long up = voters.stream()
                .filter(v -> !lost.contains(v.id()) && serves(views, v.id()))
                .count();
        return new Quorum(voters.size(), (int) up);
    }

    /** Whether it answers us, or nobody who answers misses it. */
    static boolean serves(Map<NodeAddress, List<NodeRow>> views, NodeId id) {
        var rows = views.values().stream()
                .flatMap(view -> Observers.row(view, id).stream())
                .toList();
        return rows.stream().anyMatch(r -> r.has(Flag.MYSELF))
                || rows.stream().allMatch(r -> r.linkUp() && !r.has(Flag.PFAIL) && !r.has(Flag.FAIL));
    }

    /** How many must agree. */
    public int needed() {
        return voters / 2 + 1;
    }

    public boolean holds() {
        return up >= needed();
    }
}
