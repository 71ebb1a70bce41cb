package io.clusterdeck.redis.model;

/** Slots {@code from} to {@code to}, both included, within 0 to 16383. */
public record SlotRange(int from, int to) {

    /** How many slots a Redis Cluster has (CLUSTER_SLOTS in cluster.h). */
    public static final int SLOTS = 16_384;

    public int size() {
        return to - from + 1;
    }

    @Override
    public String toString() {
        return from == to ? Integer.toString(from) : from + "–" + to;
    }
}
