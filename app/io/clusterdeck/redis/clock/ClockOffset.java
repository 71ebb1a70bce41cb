package io.clusterdeck.redis.clock;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How far a node's clock is ahead of this computer's.
 *
 * @param at when it was measured
 * @param micros positive when the node's clock is ahead
 * @param error microseconds by which {@code micros} may be wrong, either way: half of the round trip
 */
public record ClockOffset(Instant at, long micros, long error) {

    public static final ClockOffset NONE = new ClockOffset(Instant.EPOCH, 0, 0);

    /** What that node told, by this computer's clock. */
    public Instant corrected(Instant told) {
        return told.minus(micros, ChronoUnit.MICROS);
    }
}
