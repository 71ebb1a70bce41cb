package io.clusterdeck.plan;

import java.util.concurrent.atomic.AtomicInteger;

/** Lets a run die at one instant of its journal. */
public final class HaltAt implements JournalTap {

    private final AtomicInteger left;
    private final boolean all;

    private HaltAt(int at, boolean all) {
        this.left = new AtomicInteger(at);
        this.all = all;
    }

    /** At the {@code at}th of: before record 1, after record 1, before record 2 … */
    public static HaltAt instant(int at) {
        return new HaltAt(at, true);
    }

    /**
     * Likewise, less the instants at which hosts and journal are as they were at the one before: between the end of a step and the
     * beginning of the next there is only a look.
     */
    public static HaltAt state(int at) {
        return new HaltAt(at, false);
    }

    /** Whether the run came to its end before. */
    public boolean missed() {
        return left.get() >= 0;
    }

    @Override
    public void before(String record) {
        if (all || record.contains("\"is\":\"done\"") || record.contains("\"is\":\"began\"")) {
            here("before " + record);
        }
    }

    @Override
    public void after(String record) {
        here("after " + record);
    }

    private void here(String where) {
        if (left.getAndDecrement() == 0) {
            throw new Halted(where);
        }
    }
}
