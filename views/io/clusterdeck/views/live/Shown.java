package io.clusterdeck.views.live;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Names;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.safety.Safety;
import io.clusterdeck.views.parts.Ribbon;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A state with what the views need of it, worked out on the watch's thread. What is as it was before is the same object, so that a view
 * sees at once that it has nothing to do.
 *
 * @param numbers of shards, by the id of their masters
 * @param serving how many shards have slots
 * @param shape another when a node came, went, failed, changed its role, its master or its number of slots
 * @param safety see {@link Safety#shape}
 * @param shardOfSlot for each slot the number of its shard, or {@link Ribbon#NOBODY}; not to be written to
 */
record Shown(
        ClusterState state,
        Names names,
        List<Shard> shards,
        Map<NodeId, Integer> numbers,
        int serving,
        int shape,
        int safety,
        int[] shardOfSlot,
        Tally tally) {

    static Shown of(ClusterState now, ShardOrder order, @Nullable Shown before) {
        var shards = order.order(now);
        var numbers = new HashMap<NodeId, Integer>();
        for (int i = 0; i < shards.size(); i++) {
            numbers.put(shards.get(i).master().id(), i);
        }
        var slots = shardOfSlot(now, numbers);
        var names = Names.of(now);
        return new Shown(
                now,
                before != null && before.names.equals(names) ? before.names : names,
                shards,
                numbers,
                (int) shards.stream().filter(s -> !s.master().slots().isEmpty()).count(),
                shape(now),
                Safety.shape(now),
                before != null && Arrays.equals(before.shardOfSlot, slots) ? before.shardOfSlot : slots,
                Tally.of(now));
    }

    private static int shape(ClusterState now) {
        int shape = 1;
        for (var n : now.nodes().values()) {
            shape = 31 * shape + Objects.hash(n.id(), n.role(), n.master(), n.answers(), n.failed(), n.slotCount());
        }
        return shape;
    }

    private static int[] shardOfSlot(ClusterState now, Map<NodeId, Integer> numbers) {
        var ofIndex = now.owners().masters().stream()
                .mapToInt(m -> now.node(m)
                        .map(n -> numbers.getOrDefault(n.master().orElse(m), Ribbon.NOBODY))
                        .orElse(Ribbon.NOBODY))
                .toArray();
        var slots = new int[SlotRange.SLOTS];
        for (int slot = 0; slot < slots.length; slot++) {
            int index = now.owners().index(slot);
            slots[slot] = index < 0 ? Ribbon.NOBODY : ofIndex[index];
        }
        return slots;
    }
}
