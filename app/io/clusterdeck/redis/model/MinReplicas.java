package io.clusterdeck.redis.model;

import java.util.List;
import java.util.Set;

/**
 * Whether a master takes writes: with min-replicas-to-write and min-replicas-max-lag it refuses all of them (NOREPLICAS) while fewer
 * replicas follow closely (processCommand in server.c, refreshGoodSlavesCount in replication.c).
 *
 * @param wanted replicas; 0 where it takes every write, or does not tell its settings
 * @param good replicas that follow closely
 */
public record MinReplicas(long wanted, long good) {
    private static final long USUAL_LAG = 10;

    /** As a master lists them now. */
    public static MinReplicas of(Node master) {
        return new MinReplicas(
                wanted(master),
                followers(master).stream().filter(f -> close(master, f)).count());
    }

    /** As it would be without some nodes; a replica that the master does not list by its address is taken for one that counts. */
    public static MinReplicas without(ClusterState state, Node master, Set<NodeId> gone) {
        var now = of(master);
        long lost = state.replicasOf(master.id()).stream()
                .filter(r -> gone.contains(r.id()))
                .filter(r -> followers(master).stream()
                        .filter(f -> f.is(r))
                        .findFirst()
                        .map(f -> close(master, f))
                        .orElse(true))
                .count();
        return new MinReplicas(now.wanted, Math.max(0, now.good - lost));
    }

    /** Of a replica, once it is master of its shard without some nodes: the others follow it, its old master, too, unless that is gone. */
    public static MinReplicas promoted(ClusterState state, Node heir, Set<NodeId> gone) {
        long others = heir.master().stream()
                .flatMap(m -> java.util.stream.Stream.concat(state.node(m).stream(), state.replicasOf(m).stream()))
                .filter(n -> !n.id().equals(heir.id()) && !gone.contains(n.id()) && n.answers() && !n.failed())
                .count();
        return new MinReplicas(wanted(heir), others);
    }

    /** Whether every write is refused. */
    public boolean refuses() {
        return good < wanted;
    }

    private static List<Follower> followers(Node master) {
        return master.info().map(Follower::of).orElse(List.of());
    }

    private static boolean close(Node master, Follower f) {
        return f.online() && f.lag() <= setting(master, "min-replicas-max-lag", USUAL_LAG);
    }

    private static long wanted(Node master) {
        return setting(master, "min-replicas-max-lag", USUAL_LAG) == 0
                ? 0
                : setting(master, "min-replicas-to-write", 0);
    }

    private static long setting(Node node, String name, long usual) {
        return node.info().map(i -> i.number("config:" + name).orElse(usual)).orElse(usual);
    }
}
