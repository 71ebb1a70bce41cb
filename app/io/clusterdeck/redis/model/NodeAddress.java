package io.clusterdeck.redis.model;

/**
 * Where clients and other nodes find a node, as announced.
 *
 * @param host an IP address or a name; empty when the node does not know its own yet
 * @param busPort the cluster bus, by default {@code port + 10000}
 */
public record NodeAddress(String host, int port, int busPort) {

    public NodeAddress(String host, int port) {
        this(host, port, port + 10_000);
    }

    /** {@code 10.0.0.1:9000}, with brackets around an IPv6 address. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
