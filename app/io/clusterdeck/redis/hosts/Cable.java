package io.clusterdeck.redis.hosts;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.ssh.HostName;
import java.util.OptionalLong;

/**
 * One attempt from a host to a port of a node on another.
 *
 * @param micros how long connecting took, which is one round trip; empty where it is not open or could not be measured
 */
public record Cable(HostName from, HostName to, NodeAddress node, Port port, State state, OptionalLong micros) {

    /** Which of a node's two ports. */
    public enum Port {
        CLIENT,
        BUS;

        public int of(NodeAddress node) {
            return this == CLIENT ? node.port() : node.busPort();
        }
    }

    /** What came of it; worse ones later. */
    public enum State {
        OPEN,
        /** The node does not run, and its host said so: the way there is open, unless a firewall answers in its place. */
        DOWN,
        /** Nothing could be told: the host was not reached, or has no program to try with. */
        UNKNOWN,
        /** Something answered no: nothing listens, or a firewall rejects. */
        REFUSED,
        /** No answer at all: a firewall drops, or no way leads there. */
        FILTERED
    }
}
