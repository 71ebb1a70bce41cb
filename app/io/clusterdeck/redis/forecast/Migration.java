package io.clusterdeck.redis.forecast;

import io.clusterdeck.redis.forecast.Standing.Seat;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Terms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which replicas move by themselves to masters that have none left, some 5 s afterwards (clusterHandleSlaveMigration in cluster.c): of the
 * masters with most replicas, at least two and more than the barrier, the replica with the lowest ID, also where that is gone, and then
 * nobody moves. Which of several masters one moves to is not foreseen.
 *
 * @param movers in their order
 * @param after how shards stand then
 */
record Migration(List<NodeId> movers, Standing after) {
    static Migration of(Standing before, Terms terms) {
        var movers = new ArrayList<NodeId>();
        var seats = new ArrayList<>(before.seats());
        var orphans = seats.stream().filter(Migration::orphaned).toList();
        boolean allAble = true;
        while (terms.migrates() && before.ok(terms) && movers.size() < orphans.size()) {
            var rich = richest(seats, terms);
            if (rich.isEmpty()) {
                break;
            }
            var mover = lowest(rich);
            if (rich.stream()
                    .anyMatch(s -> s.masters().size() > 1 && s.masters().contains(mover))) {
                return new Migration(List.of(), before); // it may have become a master by chance
            }
            var seat = rich.stream()
                    .filter(s -> s.served() && s.replicas().contains(mover))
                    .findFirst();
            if (seat.isEmpty()) {
                break;
            }
            allAble &= seat.get().heirs().contains(mover);
            seats.set(seats.indexOf(seat.get()), seat.get().without(mover));
            movers.add(mover);
        }
        if (movers.size() == orphans.size() && allAble) {
            for (int i = 0; i < movers.size(); i++) {
                seats.set(seats.indexOf(orphans.get(i)), orphans.get(i).heirs(Set.of(movers.get(i))));
            }
        }
        return new Migration(List.copyOf(movers), new Standing(seats, before.voters()));
    }

    /** It serves, nobody follows it, and somebody did. */
    private static boolean orphaned(Seat seat) {
        return seat.served() && seat.followed() && count(seat) == 0;
    }

    /** Who is there and not its master. */
    private static int count(Seat seat) {
        return seat.replicas().size() - (seat.masters().size() > 1 ? 1 : 0);
    }

    /** Those with most replicas, if one may leave; also what nobody serves, where it has as many. */
    private static List<Seat> richest(List<Seat> seats, Terms terms) {
        int most = seats.stream()
                .filter(Seat::served)
                .mapToInt(Migration::count)
                .max()
                .orElse(0);
        return most < 2 || most <= terms.migrationBarrier()
                ? List.of()
                : seats.stream().filter(s -> count(s) == most).toList();
    }

    private static NodeId lowest(List<Seat> rich) {
        return rich.stream()
                .flatMap(s -> Stream.concat(s.replicas().stream(), s.gone().stream()))
                .min(Comparator.comparing(NodeId::value))
                .orElseThrow();
    }
}
