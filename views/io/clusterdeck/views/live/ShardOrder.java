package io.clusterdeck.views.live;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Shard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Keeps a shard's number, and with it its colour, while slots move and masters change. For one thread. */
final class ShardOrder {
    private final Map<NodeId, Integer> numbers = new HashMap<>();

    /** The shards by number; a new master takes over the number of the shard it came from. */
    List<Shard> order(ClusterState state) {
        var taken = new HashSet<Integer>();
        var numbered = new HashMap<Shard, Integer>();
        var late = new ArrayList<Shard>();
        for (var shard : state.shards()) {
            var number = numbers.get(shard.master().id());
            if (number != null && taken.add(number)) {
                numbered.put(shard, number);
            } else {
                late.add(shard);
            }
        }
        for (var shard : late) {
            int free = 0;
            while (taken.contains(free)) {
                free++;
            }
            taken.add(free);
            numbered.put(shard, free);
        }
        numbered.forEach((shard, number) -> {
            numbers.put(shard.master().id(), number);
            shard.replicas().forEach(r -> numbers.put(r.id(), number));
        });
        return numbered.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
