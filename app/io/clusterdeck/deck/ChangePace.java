package io.clusterdeck.deck;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * When a change of a cluster is to be kept: once it has settled, so that a failover is one snapshot and not five. Of changes without end,
 * as of a network that flaps, the first are kept, then some, and what they have come to in the end.
 */
final class ChangePace {

    /** So long must nothing happen after a change. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** So long at most is waited for that. */
    private static final Duration MOST = Duration.ofSeconds(15);

    /** So many are kept within {@link #SPAN}. */
    private static final int MANY = 6;

    private static final Duration SPAN = Duration.ofMinutes(5);

    /** When the last ones were kept, oldest first; never more than {@link #MANY}. */
    private final ArrayDeque<Instant> lately = new ArrayDeque<>();

    /** @param changing its beginning @param changed its end so far */
    Instant due(Instant changing, Instant changed) {
        var calm = changed.plus(QUIET);
        var late = changing.plus(MOST);
        var settled = calm.isBefore(late) ? calm : late;
        var free = lately.size() < MANY ? settled : lately.getFirst().plus(SPAN);
        return free.isAfter(settled) ? free : settled;
    }

    void kept(Instant at) {
        lately.addLast(at);
        if (lately.size() > MANY) {
            lately.removeFirst();
        }
    }
}
