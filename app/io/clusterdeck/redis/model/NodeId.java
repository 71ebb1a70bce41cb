package io.clusterdeck.redis.model;

/** A node's name in its cluster: 40 hexadecimal digits, kept across restarts in nodes.conf. */
public record NodeId(String value) implements Comparable<NodeId> {

    /** Enough of it for a screen. */
    public String brief() {
        return value.length() <= 8 ? value : value.substring(0, 8);
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
