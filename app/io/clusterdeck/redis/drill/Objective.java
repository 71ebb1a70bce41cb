package io.clusterdeck.redis.drill;

/**
 * What a drill must not exceed to be passed.
 *
 * @param writeGap milliseconds that a shard may be without writes; 0 to leave it to the forecast
 * @param lost acknowledged writes that may be lost; −1 for any number
 */
public record Objective(long writeGap, int lost) {
    /** As foreseen, and nothing lost. */
    public static final Objective AS_FORESEEN = new Objective(0, 0);

    /** As foreseen; asynchronous replication may lose what it did not copy yet. */
    public static final Objective MAY_LOSE = new Objective(0, -1);
}
