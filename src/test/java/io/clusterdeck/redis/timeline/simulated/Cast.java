package io.clusterdeck.redis.timeline.simulated;

import java.util.List;

/**
 * What is played with.
 *
 * @param verbose whether servers write all they have to say
 * @param rotated whether what was written before has gone
 * @param skew how far each host's clock is ahead, in milliseconds
 */
public record Cast(
        int shards,
        int replicas,
        long timeout,
        boolean coverage,
        boolean verbose,
        boolean rotated,
        List<Integer> skew) {}
