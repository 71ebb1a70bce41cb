package io.clusterdeck.redis.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One CLUSTER NODES answer: what one node believes. */
public record NodeView(NodeId seenBy, Instant at, long currentEpoch, List<NodeRow> rows) {

    public NodeView {
        rows = List.copyOf(rows);
    }

    public Optional<NodeRow> of(NodeId id) {
        return rows.stream().filter(r -> r.id().equals(id)).findFirst();
    }
}
