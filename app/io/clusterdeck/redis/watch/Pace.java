package io.clusterdeck.redis.watch;

import java.time.Duration;

/**
 * How often a node is asked. Small clusters are asked ten times a second; with more nodes less often, for two reasons: what a node
 * spends on us stays under {@link #SHARE} of its thread, and what we read stays under a few megabytes a second. A CLUSTER NODES reply
 * has about 125 bytes per node (12.5 kB for 100, measured), so all views of n nodes are 125·n² bytes.
 *
 * @param nodes how many nodes the cluster has
 * @param micros what one tick costs a node, as measured
 */
public record Pace(int nodes, double micros) {

    /** Of a node's thread, at most: below the promised 0.5 %, since what is measured is an average. */
    static final double SHARE = 0.004;

    private static final double BYTES_PER_LINE = 125;
    private static final double CALM_BYTES_PER_SECOND = 4e6;
    private static final double CHANGED_BYTES_PER_SECOND = 20e6;

    /** Between two questions to a node: 100 ms up to 25 nodes, then 4 ms more per node, at most 2 s; longer where asking is dear. */
    public Duration tick() {
        double size = Math.clamp(4.0 * nodes, 100, 2000);
        double cost = micros / SHARE / 1000;
        return Duration.ofMillis(Math.round(Math.max(size, Math.min(cost, 10_000))));
    }

    /** Between two CLUSTER NODES to the same node while nothing changes. */
    public Duration view() {
        return views(CALM_BYTES_PER_SECOND);
    }

    /** The same after something changed somewhere. */
    public Duration viewAfterChange() {
        return views(CHANGED_BYTES_PER_SECOND);
    }

    private Duration views(double bytesPerSecond) {
        var every = Duration.ofMillis(Math.round(BYTES_PER_LINE * nodes * nodes / bytesPerSecond * 1000));
        return every.compareTo(tick()) < 0 ? Duration.ZERO : every;
    }
}
