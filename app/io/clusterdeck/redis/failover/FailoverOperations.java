package io.clusterdeck.redis.failover;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Ops;

/** Hands a shard over to one of its replicas. */
public final class FailoverOperations {

    private final Ops ops;

    public FailoverOperations(Ops ops) {
        this.ops = ops;
    }

    /** GRACEFUL waits for the replica to catch up; FORCE where the master is down; TAKEOVER where no majority can vote. */
    public enum How {
        GRACEFUL,
        FORCE,
        TAKEOVER
    }

    public Offer failover(NodeId replica, How how) throws InterruptedException {
        throw new UnsupportedOperationException(ops + " " + replica + " " + how);
    }
}
