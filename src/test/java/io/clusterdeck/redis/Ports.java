package io.clusterdeck.redis;

import io.clusterdeck.Fork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/**
 * Ports for the servers of tests. None is given twice as long as others are left: what a test killed is started again on its port, and
 * tests run side by side. JVMs that share a run of the tests have a range each.
 */
public final class Ports {

    /** With the bus, at port + 10000, below the ephemeral range; above what the demo takes. */
    private static final int LOWEST = 11_000;

    private static final int BUS = 10_000;
    private static final int RANGES = 4;
    private static final int RANGE = 2_500;

    private static final int FIRST = LOWEST + (Fork.NUMBER - 1) % RANGES * RANGE;
    private static final int LAST = FIRST + RANGE - 1;

    /** Another run begins elsewhere. */
    private static int next = FIRST + (int) (ProcessHandle.current().pid() % 24) * 100;

    private Ports() {}

    /** The first of so many ports in a row that are free, with their bus ports. */
    public static synchronized int block(int count) {
        for (int tried = 0; tried <= LAST - FIRST; tried++) {
            int base = next + count - 1 > LAST ? FIRST : next;
            if (IntStream.range(base, base + count).allMatch(p -> free(p) && free(p + BUS))) {
                next = base + count;
                return base;
            }
            next = base + 1;
        }
        throw new AssertionError("no free block of " + count + " ports");
    }

    private static boolean free(int port) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
