package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.model.NodeId;
import java.time.Duration;

/** Kill, start, stop, restart: each answers with a plan that is shown before it runs, or with the reason why not. May ask the node; call off the FX thread. */
public final class NodeOperations {

    private final Ops ops;

    public NodeOperations(Ops ops) {
        this.ops = ops;
    }

    /** How a process is killed. */
    public sealed interface Signal {
        record Kill() implements Signal {}

        record Term() implements Signal {}

        /** SIGSTOP, with a timer on the host that sends SIGCONT after {@code pause}. */
        record Stop(Duration pause) implements Signal {}
    }

    public Offer kill(NodeId node, Signal signal) throws InterruptedException {
        throw new UnsupportedOperationException(ops + " " + node + " " + signal);
    }

    public Offer start(NodeId node) throws InterruptedException {
        throw new UnsupportedOperationException(ops + " " + node);
    }

    public Offer stop(NodeId node) throws InterruptedException {
        throw new UnsupportedOperationException(ops + " " + node);
    }

    /** Replicas first, then masters. */
    public Offer stopAll() throws InterruptedException {
        throw new UnsupportedOperationException(ops.toString());
    }

    /** Every node that does not run. */
    public Offer startAll() throws InterruptedException {
        throw new UnsupportedOperationException(ops.toString());
    }

    public Offer restart(NodeId node) throws InterruptedException {
        throw new UnsupportedOperationException(ops + " " + node);
    }
}
