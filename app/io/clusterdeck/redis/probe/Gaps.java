package io.clusterdeck.redis.probe;

import java.util.ArrayList;
import java.util.List;

/** When something worked, and for how long it did not. Times are milliseconds since the probe began. Safe for use by many threads. */
public final class Gaps {
    /** Shorter ones are no gaps where the probe beats every 20 ms. */
    public static final long SHORTEST = 100;

    private static final int MOST = 2_000;

    /**
     * Nothing worked after {@code from} and before {@code to}.
     *
     * @param own for how long the probe did not try at the ends of it, since it stood still, held out for an answer that did not come, or
     *     put off connecting: by so much the cluster's part may be shorter
     */
    public record Gap(long from, long to, long own) {
        public static final Gap NONE = new Gap(0, 0, 0);

        public long length() {
            return to - from;
        }

        /** What of it is the cluster's doing. */
        public long sure() {
            return length() - own;
        }
    }

    private final List<Gap> gaps = new ArrayList<>();
    private final Stalls stalls;
    private final long shortest;
    private long last;
    private long failedFrom;
    private long triedLast;
    private long failedTo;
    private long beat;
    private boolean failing;
    private long lateBefore;
    private long lateAfter;

    /** @param shortest milliseconds, several beats: what is shorter is no gap */
    Gaps(long begin, Stalls stalls, long shortest) {
        this.last = begin;
        this.stalls = stalls;
        this.shortest = shortest;
    }

    /**
     * It worked at this time.
     *
     * @param blind for so many milliseconds before, nobody could have known that it does
     */
    synchronized void worked(long at, long blind) {
        if (at - last >= shortest && gaps.size() < MOST) {
            gaps.add(gap(at, blind));
        }
        last = at;
        failing = false;
        lateBefore = 0;
        lateAfter = 0;
    }

    /** It was tried at {@code from}, and given up at {@code to}. */
    synchronized void failed(long from, long to) {
        failedFrom = failing ? failedFrom : from;
        triedLast = from;
        failedTo = to;
        beat = to;
        failing = true;
        lateAfter = 0;
    }

    /** What was given up is answered after all: it took the cluster so long, and who held out for it missed nothing. */
    synchronized void cameLate() {
        triedLast = failedTo;
    }

    /** It was to be tried at this time, and nobody could be asked. */
    synchronized void unasked(long at) {
        beat = at;
    }

    /** What is tried now was to be tried so many milliseconds ago. */
    synchronized void late(long millis) {
        if (failing) {
            lateAfter += millis;
        } else {
            lateBefore += millis;
        }
    }

    private Gap gap(long to, long blind) {
        long first = failing ? failedFrom : to;
        long before = Math.max(stalls.between(last, first), lateBefore);
        long after = Math.max(failing ? Math.max(stalls.between(failedTo, to), lateAfter) : 0, blind);
        // who goes on without an answer for several beats held out at the beginning, not at the end
        long waited = failing && beat - failedTo < shortest ? failedTo - triedLast : 0;
        return new Gap(last, to, Math.min(to - last, waited + before + after));
    }

    /** How long it has not worked. */
    synchronized long since(long now) {
        return now - last;
    }

    /** All so far, the one that lasts included. */
    synchronized List<Gap> until(long now) {
        var all = new ArrayList<>(gaps);
        if (now - last >= shortest) {
            all.add(gap(now, 0));
        }
        return List.copyOf(all);
    }
}
