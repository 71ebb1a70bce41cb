package io.clusterdeck.redis.health;

import io.clusterdeck.redis.model.NodeId;
import java.util.Optional;

/** What only a node's host can tell; kept up to date by whoever has a connection to it. Answers at once, from what is known. */
@FunctionalInterface
public interface HostFacts {

    HostFacts NONE = node -> Optional.empty();

    /** The file system that holds the node's data, as last seen. */
    Optional<Disk> disk(NodeId node);

    /** In bytes. */
    record Disk(long free, long total) {}
}
