package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.model.Contact;
import java.time.Duration;

/**
 * How long until a node is asked again: a tick while it answers; one that is not there is looked for less and less often, since every
 * try costs it, the log of the host on the way, and us. Not safe for use by many threads.
 */
final class Patience {

    static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    static final Duration SIGN_IN_AGAIN = Duration.ofSeconds(5);

    private static final long MOST_SECONDS = 5;

    private int missed;

    Duration next(Contact contact, Duration tick) {
        missed = contact instanceof Contact.Answers ? 0 : Math.min(missed + 1, 8);
        if (contact instanceof Contact.Refuses) {
            return SIGN_IN_AGAIN;
        }
        var wait = tick.multipliedBy(missed == 0 ? 1 : 1L << missed - 1);
        return wait.compareTo(LOOK_AGAIN) < 0 || missed == 0 ? wait : max(LOOK_AGAIN, tick);
    }

    /** How long the next answer may take: more for one that did not answer in time, since it may only be slow. */
    Duration answer() {
        return Duration.ofSeconds(Math.min(1L << missed, MOST_SECONDS));
    }

    /** Whether the last answer was none. */
    boolean waits() {
        return missed > 0;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
