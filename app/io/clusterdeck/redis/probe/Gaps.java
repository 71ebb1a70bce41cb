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
     * @param own for how long at the ends of it the probe stood still (it did not try, or did not hear an answer that may have been there),
     *     held out for an answer that did not come, or put off connecting: by so much the cluster's part may be shorter
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
    private long heard;
    private long triedLast;
    private long failedTo;
    private long beat;
    private boolean failing;
    private boolean answered;

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
    }

    /**
     * It was tried at {@code from}, and refused or given up at {@code to}.
     *
     * @param refused there was an answer
     */
    synchronized void failed(long from, long to, boolean refused) {
        heard = failing ? heard : to;
        triedLast = from;
        failedTo = to;
        beat = to;
        failing = true;
        answered = refused;
    }

    /** What was given up is answered after all: it took the cluster so long, but for when nobody here could hear it. */
    synchronized void cameLate() {
        triedLast = heard;
        answered = true;
    }

    /** It was to be tried at this time, and nobody could be asked. */
    synchronized void unasked(long at) {
        beat = at;
    }

    /**
     * Nothing tells when it ceased to work between the last time that it did and the first answer that it did not, nor when it worked again
     * after it was last tried in vain: what the probe stood still then is its own.
     */
    private Gap gap(long to, long blind) {
        long begin = failing ? heard : to;
        // who goes on without an answer for several beats held out at the beginning, not at the end
        boolean heldOut = failing && !answered && beat - failedTo < shortest;
        long waited = heldOut ? failedTo - triedLast : 0;
        long before = heldOut && begin == failedTo ? stalls.between(last, triedLast) : stalls.between(last, begin);
        long after = Math.max(waited + stalls.between(Math.max(begin, heldOut ? failedTo : triedLast), to), blind);
        return new Gap(last, to, Math.min(to - last, before + after));
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
