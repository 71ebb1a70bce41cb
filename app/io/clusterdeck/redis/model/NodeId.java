package io.clusterdeck.redis.model;

/** A node's name in its cluster: 40 hexadecimal digits, kept across restarts in nodes.conf. */
public record NodeId(String value) implements Comparable<NodeId> {

    /** Enough of it for a screen. */
    public String brief() {
        return value.length() <= 8 ? value : value.substring(0, 8);
    }

    /** Written out: the one that comes with a record takes many times as long, and each tick looks up thousands of ids. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NodeId id && value.equals(id.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
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
