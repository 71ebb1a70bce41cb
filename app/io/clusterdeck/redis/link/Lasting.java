package io.clusterdeck.redis.link;

import java.time.Duration;
import java.time.Instant;

/** How long a node's certificate lasts. */
public record Lasting(Instant from, Instant until) {

    private static final Duration SOON = Duration.ofDays(30);

    /** Whether it should be renewed: 30 days are left, or the last third of one that never lasted long. */
    public boolean ending(Instant now) {
        var third = Duration.between(from, until).dividedBy(3);
        return now.plus(third.compareTo(SOON) < 0 ? third : SOON).isAfter(until);
    }
}
