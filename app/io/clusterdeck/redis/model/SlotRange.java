package io.clusterdeck.redis.model;

import java.util.List;
import java.util.stream.Stream;

/** Slots {@code from} to {@code to}, both included, within 0 to 16383. */
public record SlotRange(int from, int to) {

    /** How many slots a Redis Cluster has (CLUSTER_SLOTS in cluster.h). */
    public static final int SLOTS = 16_384;

    public int size() {
        return to - from + 1;
    }

    /** The first so many, and an ellipsis where there are more; joined as the language joins. */
    public static List<String> brief(List<SlotRange> ranges, int most) {
        return Stream.concat(
                        ranges.stream().limit(most).map(SlotRange::toString),
                        ranges.size() > most ? Stream.of("…") : Stream.empty())
                .toList();
    }

    @Override
    public String toString() {
        return from == to ? Integer.toString(from) : from + "–" + to;
    }
}
