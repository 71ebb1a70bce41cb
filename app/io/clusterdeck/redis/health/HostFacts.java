package io.clusterdeck.redis.health;

import io.clusterdeck.redis.clock.ClockOffset;
import io.clusterdeck.redis.config.Drift;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Upkeep;
import java.util.List;
import java.util.Optional;

/**
 * What the nodes' answers do not hold: what their hosts tell, and what the operator noted. Kept up to date by whoever has a connection
 * to them; answers at once, from what is known.
 */
@FunctionalInterface
public interface HostFacts {

    HostFacts NONE = node -> Optional.empty();

    /** The file system that holds the node's data, as last seen. */
    Optional<Disk> disk(NodeId node);

    /** The host it runs on, as last seen. */
    default Optional<Machine> machine(NodeId node) {
        return Optional.empty();
    }

    /** How far its clock is from ours, as last measured. */
    default Optional<ClockOffset> clock(NodeId node) {
        return Optional.empty();
    }

    /** Where the nodes were not set alike, as last compared. */
    default List<Drift.Difference> drift() {
        return List.of();
    }

    /** Where the masters belong, and which findings are muted. */
    default Upkeep upkeep() {
        return Upkeep.NONE;
    }

    /** In bytes. */
    record Disk(long free, long total) {}
}
