package io.clusterdeck.redis.timeline;

import java.util.Optional;

/**
 * A failover with all that is kept of it.
 *
 * @param before the snapshot just before, where one was taken: its JSON document in one line, a tree of it takes twenty times as much memory
 * @param after likewise, when it was over
 */
public record Kept(Timeline timeline, Optional<Measured> measured, Optional<String> before, Optional<String> after) {

    public static Kept of(Timeline timeline) {
        return new Kept(timeline, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Told anew. How the cluster was right afterwards stays: lines that come in later are of what went on then. */
    Kept told(Timeline anew) {
        return new Kept(anew, measured, before, timeline.over() ? after : Optional.empty());
    }
}
