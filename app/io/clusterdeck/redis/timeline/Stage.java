package io.clusterdeck.redis.timeline;

import io.clusterdeck.say.Say;

/** The eight stages of a failover, in their order. */
public enum Stage {
    /** A node does not answer in time, and somebody suspects it (PFAIL). */
    SUSPECTED,
    /** More than half of the masters that hold slots suspect it (FAIL). */
    AGREED,
    /** FAIL is told to all. */
    TOLD,
    /** Each replica of the failed master asks itself whether its data is young enough. */
    ELIGIBLE,
    /** It waits: 500 ms, up to 500 ms more at random, and 1 s for each rank. */
    WAITS,
    /** It asks the masters that hold slots for their votes. */
    VOTES,
    /** The winner becomes master, under a new configuration epoch. */
    PROMOTED,
    /** All serve again. */
    SERVES;

    /** 1 to 8. */
    public int number() {
        return ordinal() + 1;
    }

    /** What it is called. */
    public Say title() {
        return Say.of("timeline.stage." + word());
    }

    /** {@code suspected}, {@code agreed} …: the last part of its keys. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
