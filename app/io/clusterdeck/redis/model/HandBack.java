package io.clusterdeck.redis.model;

import io.clusterdeck.say.Say;
import java.util.List;

/**
 * A shard whose master is another node than was planned.
 *
 * @param planned a replica now
 */
public record HandBack(Node planned, Node master) {

    /** Of the shards that hold slots; one with several planned masters, or none, has no planned master. */
    public static List<HandBack> of(ClusterState state, Upkeep upkeep) {
        return state.shards().stream()
                .filter(s -> !s.master().slots().isEmpty())
                .filter(s -> !upkeep.plansMaster(s.master().address()))
                .flatMap(s -> {
                    var planned = s.replicas().stream()
                            .filter(r -> upkeep.plansMaster(r.address()))
                            .toList();
                    return planned.size() == 1
                            ? java.util.stream.Stream.of(new HandBack(planned.getFirst(), s.master()))
                            : java.util.stream.Stream.<HandBack>empty();
                })
                .toList();
    }

    public Say say() {
        return Say.of(
                "health.moved", "planned", planned.address(), "now", master.address(), "slots", master.slotCount());
    }
}
