package io.clusterdeck.views.live;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Shard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps a shard's number, and with it its colour, while slots move and masters change. For one thread. */
final class ShardOrder {
    private final Map<NodeId, Integer> numbers = new HashMap<>();

    /** The shards by number; a new master takes over the number of the shard it came from. */
    List<Shard> order(ClusterState state) {
        var taken = new HashSet<Integer>();
        var numbered = new TreeMap<Integer, Shard>();
        var late = new ArrayList<Shard>();
        var shards = state.shards().stream()
                .sorted(Comparator.comparing(s -> !owns(state, s.master())))
                .toList();
        for (var shard : shards) {
            var number = numbers.get(shard.master().id());
            if (number != null && taken.add(number)) {
                numbered.put(number, shard);
            } else {
                late.add(shard);
            }
        }
        int free = 0;
        for (var shard : late) {
            while (taken.contains(free)) {
                free++;
            }
            taken.add(free);
            numbered.put(free, shard);
        }
        numbered.forEach((number, shard) -> {
            // for a moment of a failover both are masters: who owns no slot keeps the number of where it came from
            if (owns(state, shard.master())) {
                numbers.put(shard.master().id(), number);
            } else {
                numbers.putIfAbsent(shard.master().id(), number);
            }
            shard.replicas().forEach(r -> numbers.put(r.id(), number));
        });
        return List.copyOf(numbered.values());
    }

    /** Not who claims slots that another has with a higher epoch. */
    private static boolean owns(ClusterState state, Node master) {
        return master.slots().stream()
                .anyMatch(r ->
                        state.owners().of(r.from()).filter(master.id()::equals).isPresent());
    }
}
