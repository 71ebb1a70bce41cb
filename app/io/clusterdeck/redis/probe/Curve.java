package io.clusterdeck.redis.probe;

/** How many beats worked in each tenth of a second, of the last two minutes. Safe for use by many threads. */
public final class Curve {
    /** Milliseconds that one value stands for. */
    public static final int STEP = 100;

    private static final int KEPT = 1_200;

    private final short[] worked = new short[KEPT];
    private long newest = -1;

    synchronized void beat(long at, boolean ok) {
        long step = at / STEP;
        for (long s = Math.max(newest + 1, step - KEPT + 1); s <= step; s++) {
            worked[(int) (s % KEPT)] = 0;
        }
        newest = Math.max(newest, step);
        if (ok && step > newest - KEPT) {
            worked[(int) (step % KEPT)]++;
        }
    }

    /** Oldest first, up to the step before {@code now}: the present one is not over. */
    synchronized double[] until(long now) {
        long last = now / STEP - 1;
        int n = (int) Math.max(0, Math.min(KEPT - 1, last + 1));
        var values = new double[n];
        for (int i = 0; i < n; i++) {
            long step = last - n + 1 + i;
            values[i] = step > newest || step <= newest - KEPT ? 0 : worked[(int) (step % KEPT)];
        }
        return values;
    }
}
