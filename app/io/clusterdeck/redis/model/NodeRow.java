package io.clusterdeck.redis.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One line of CLUSTER NODES, nothing dropped.
 *
 * @param hostname the announced name (7.0 and later), else empty
 * @param aux other {@code key=value} fields of the address (7.2 and later: shard-id, nodename)
 * @param pingSent milliseconds since 1970 of the ping that still waits for its pong, 0 for none
 * @param pongReceived milliseconds since 1970
 * @param epoch its configuration epoch
 * @param linkUp whether the observer's bus link to it is connected
 * @param migrating slots on their way out (only told by the node itself), with their targets
 * @param importing slots on their way in, with their sources
 */
public record NodeRow(
        NodeId id,
        NodeAddress address,
        String hostname,
        Map<String, String> aux,
        Set<Flag> flags,
        Optional<NodeId> master,
        long pingSent,
        long pongReceived,
        long epoch,
        boolean linkUp,
        List<SlotRange> slots,
        Map<Integer, NodeId> migrating,
        Map<Integer, NodeId> importing) {

    /** The same at another address. */
    public NodeRow at(NodeAddress other) {
        return new NodeRow(
                id,
                other,
                hostname,
                aux,
                flags,
                master,
                pingSent,
                pongReceived,
                epoch,
                linkUp,
                slots,
                migrating,
                importing);
    }

    public Role role() {
        return flags.contains(Flag.REPLICA) ? Role.REPLICA : Role.MASTER;
    }

    public boolean has(Flag flag) {
        return flags.contains(flag);
    }
}
