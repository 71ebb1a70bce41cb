package io.clusterdeck.redis.probe;

import java.util.ArrayList;
import java.util.List;

/** When something worked, and for how long it did not. Times are milliseconds since the probe began. Safe for use by many threads. */
public final class Gaps {
    /** Shorter ones are no gaps: several beats of the probe. */
    public static final long SHORTEST = 100;

    private static final int MOST = 2_000;

    /** Nothing worked after {@code from} and before {@code to}. */
    public record Gap(long from, long to) {
        public long length() {
            return to - from;
        }
    }

    private final List<Gap> gaps = new ArrayList<>();
    private long last;

    Gaps(long begin) {
        last = begin;
    }

    /** It worked at this time. */
    synchronized void worked(long at) {
        if (at - last >= SHORTEST && gaps.size() < MOST) {
            gaps.add(new Gap(last, at));
        }
        last = at;
    }

    /** How long it has not worked. */
    synchronized long since(long now) {
        return now - last;
    }

    /** All so far, the one that lasts included. */
    synchronized List<Gap> until(long now) {
        var all = new ArrayList<>(gaps);
        if (now - last >= SHORTEST) {
            all.add(new Gap(last, now));
        }
        return List.copyOf(all);
    }
}
