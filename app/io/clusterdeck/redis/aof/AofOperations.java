package io.clusterdeck.redis.aof;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Ops;
import java.util.List;
import java.util.Optional;

/** Checks a node's append-only file where it lies, and offers cures in the order that loses least. */
public final class AofOperations {

    private final Ops ops;

    public AofOperations(Ops ops) {
        this.ops = ops;
    }

    /** A plan with one step that only reads; its result is {@link #lastReport}. */
    public Offer check(NodeId node) throws InterruptedException {
        throw new UnsupportedOperationException(ops + " " + node);
    }

    /** What the last check of this session found. */
    public Optional<AofReport> lastReport(NodeId node) {
        return Optional.empty();
    }

    /** Rewrite from memory, resync from the master, truncate with backup: best first, each ready or refused with the reason. */
    public List<Offer> cures(AofReport report) throws InterruptedException {
        throw new UnsupportedOperationException(ops + " " + report);
    }
}
