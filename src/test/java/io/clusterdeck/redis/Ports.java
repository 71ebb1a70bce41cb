package io.clusterdeck.redis;

import io.clusterdeck.Fork;
import io.clusterdeck.deck.PortBlock;
import java.util.List;

/**
 * Ports for the servers of tests. None is given twice as long as others are left: what a test killed is started again on its port, and
 * tests run side by side. JVMs that share a run of the tests have a range each.
 */
public final class Ports {

    /** With the bus, at port + 10000, below the ephemeral range; above what the demo takes. */
    private static final int LOWEST = 11_000;

    private static final int RANGES = 4;
    private static final int RANGE = 2_500;

    private static final int FIRST = LOWEST + (Fork.NUMBER - 1) % RANGES * RANGE;
    private static final int LAST = FIRST + RANGE - 1;

    /** Another run begins elsewhere. */
    private static int next = FIRST + (int) (ProcessHandle.current().pid() % 24) * 100;

    private Ports() {}

    /** The first of so many ports in a row that are free, with their bus ports. */
    public static synchronized int block(int count) {
        for (int from : List.of(next, FIRST)) {
            int base = PortBlock.find(from, count).orElse(LAST + 1);
            if (base + count - 1 <= LAST) {
                next = base + count;
                return base;
            }
        }
        throw new AssertionError("no free block of " + count + " ports");
    }
}
