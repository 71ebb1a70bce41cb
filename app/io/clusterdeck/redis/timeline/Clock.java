package io.clusterdeck.redis.timeline;

import java.time.Duration;
import java.time.Instant;

/**
 * How a host's clock differs from this computer's: by Redis TIME, the sample of least round trip, half of which is the error.
 *
 * @param host as {@link Member#host}
 * @param ahead how much it is ahead of us; negative when it is behind
 * @param within the error
 * @param at when it was measured
 */
public record Clock(String host, Duration ahead, Duration within, Instant at) {

    /** Cheap quartz drifts by up to this share. */
    private static final double DRIFT = 100e-6;

    /** What this host's clock tells, on ours. */
    public Instant ours(Instant theirs) {
        return theirs.minus(ahead);
    }

    /** The error at another time than that of the measurement. */
    public Duration within(Instant when) {
        long apart = Math.abs(Duration.between(at, when).toMillis());
        return within.plusMillis(Math.round(apart * DRIFT));
    }
}
