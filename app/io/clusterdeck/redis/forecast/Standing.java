package io.clusterdeck.redis.forecast;

import io.clusterdeck.redis.forecast.Forecast.Outage;
import io.clusterdeck.redis.forecast.Forecast.ShardLoss;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Quorum;
import io.clusterdeck.redis.nodes.Successors;
import io.clusterdeck.redis.nodes.Terms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who stands for which slots, and nothing else of a cluster: enough to tell which next loss would be final.
 *
 * @param voters masters that hold slots, also those that are gone: the majority is counted of all of them
 */
record Standing(List<Seat> seats, int voters) {

    /**
     * A shard.
     *
     * @param masters who serves it; several where a random delay decides which of them; none when nobody does
     * @param heirs who could take over
     * @param replicas who is there, heir or not
     * @param gone replicas that are known to it and not there
     * @param followed whether there ever was a replica, or its master was one (MIGRATE_TO in cluster.h)
     */
    record Seat(Set<NodeId> masters, Set<NodeId> heirs, Set<NodeId> replicas, Set<NodeId> gone, boolean followed) {
        boolean served() {
            return !masters.isEmpty();
        }

        /** Whether these being gone can leave it without a master: some candidate is among them, and nobody else could follow. */
        boolean falls(Set<NodeId> lost) {
            return served() && masters.stream().anyMatch(m -> lost.contains(m) && lost.containsAll(without(heirs, m)));
        }

        Seat heirs(Set<NodeId> others) {
            return new Seat(masters, others, replicas, gone, followed);
        }

        /** Without one who moved away. */
        Seat without(NodeId replica) {
            return new Seat(masters, without(heirs, replica), without(replicas, replica), gone, followed);
        }

        private static Set<NodeId> without(Set<NodeId> all, NodeId one) {
            return all.stream().filter(h -> !h.equals(one)).collect(Collectors.toUnmodifiableSet());
        }
    }

    static Standing of(ClusterState state, Terms terms) {
        var replicas = new HashMap<NodeId, List<Node>>();
        state.nodes()
                .values()
                .forEach(n -> n.master()
                        .ifPresent(m -> replicas.computeIfAbsent(m, k -> new ArrayList<>())
                                .add(n)));
        var seats = new ArrayList<Seat>();
        for (var node : state.nodes().values()) {
            if (node.isMaster() && !node.slots().isEmpty()) {
                var own = replicas.getOrDefault(node.id(), List.of());
                seats.add(new Seat(
                        node.up() ? Set.of(node.id()) : Set.of(),
                        ids(own, r -> Successors.able(r, terms)),
                        ids(own, Node::up),
                        ids(own, r -> !r.up()),
                        !own.isEmpty()));
            }
        }
        return new Standing(seats, seats.size());
    }

    private static Set<NodeId> ids(List<Node> nodes, Predicate<Node> which) {
        return nodes.stream().filter(which).map(Node::id).collect(Collectors.toUnmodifiableSet());
    }

    /** Shards that keep their master and have nobody left to follow it, who had somebody before. */
    int copiesLost(Set<NodeId> lost) {
        return (int) seats.stream()
                .filter(s -> s.served()
                        && s.masters().stream().noneMatch(lost::contains)
                        && !s.heirs().isEmpty()
                        && lost.containsAll(s.heirs()))
                .count();
    }

    /** How they stand once the elections are over. */
    Standing after(List<ShardLoss> shards, Set<NodeId> lost) {
        Map<NodeId, ShardLoss> byMaster =
                shards.stream().collect(Collectors.toMap(s -> s.master().id(), s -> s));
        return new Standing(seats.stream().map(s -> after(s, byMaster, lost)).toList(), voters);
    }

    private static Seat after(Seat seat, Map<NodeId, ShardLoss> byMaster, Set<NodeId> lost) {
        var heirs = less(seat.heirs(), lost);
        var replicas = less(seat.replicas(), lost);
        var gone = seat.masters().stream()
                .filter(byMaster::containsKey)
                .map(byMaster::get)
                .findFirst();
        if (gone.isEmpty()) {
            var away = new HashSet<>(seat.replicas());
            away.retainAll(lost);
            away.addAll(seat.gone());
            return new Seat(seat.masters(), heirs, replicas, Set.copyOf(away), seat.followed());
        }
        if (gone.get().outage() instanceof Outage.ForGood) {
            return new Seat(Set.of(), Set.of(), replicas, seat.gone(), false);
        }
        // who is gone stays a replica of the old master in everybody's eyes
        return switch (gone.get().successors()) {
            case Successors.One one -> {
                var winner = one.winner().id();
                yield new Seat(
                        Set.of(winner), Seat.without(heirs, winner), Seat.without(replicas, winner), Set.of(), true);
            }
            case Successors.Any any -> new Seat(ids(any.candidates(), c -> true), heirs, replicas, Set.of(), true);
            case Successors.Nobody nobody -> new Seat(Set.of(), Set.of(), replicas, seat.gone(), false);
        };
    }

    private static Set<NodeId> less(Set<NodeId> all, Set<NodeId> lost) {
        return all.stream().filter(id -> !lost.contains(id)).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether every node says that the cluster is well, masters that are gone aside. */
    boolean ok(Terms terms) {
        long served = seats.stream().filter(Seat::served).count();
        return served >= new Quorum(voters, 0).needed() && (!terms.fullCoverage() || served == seats.size());
    }

    /** Which next loss could not be recovered from; a host only where none of its nodes is fatal alone. */
    List<Loss> fatal(List<Loss> next, Set<NodeId> lost) {
        long served = seats.stream().filter(Seat::served).count();
        var bySeat = new HashMap<NodeId, Seat>();
        seats.forEach(s -> s.masters().forEach(m -> bySeat.put(m, s)));
        int needed = new Quorum(voters, 0).needed();
        var fatal = new ArrayList<Loss>();
        var named = new HashSet<NodeId>();
        for (var loss : next) {
            var more = new HashSet<>(loss.ids());
            if (lost.containsAll(more)
                    || loss.kind() == Loss.Kind.HOST && more.stream().anyMatch(named::contains)) {
                continue;
            }
            var hit = more.stream()
                    .filter(bySeat::containsKey)
                    .map(bySeat::get)
                    .distinct()
                    .toList();
            if (!hit.isEmpty() && served - hit.size() < needed || hit.stream().anyMatch(s -> s.falls(more))) {
                fatal.add(loss);
                named.addAll(more);
            }
        }
        return fatal;
    }
}
