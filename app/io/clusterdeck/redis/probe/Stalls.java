package io.clusterdeck.redis.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * When this process stood still instead of measuring (a busy computer, its own garbage): a thread that only sleeps notes how late it
 * wakes. Safe for use by many threads.
 */
final class Stalls implements AutoCloseable {
    private static final long NAP = TimeUnit.MILLISECONDS.toNanos(5);

    /** Shorter ones are how any computer sleeps. */
    private static final long SHORTEST = 10;

    private static final int KEPT = 500;

    private record Stall(long from, long to) {}

    private final Deque<Stall> stalls = new ArrayDeque<>();
    private final Thread thread;
    private volatile boolean ended;

    /** @param clock milliseconds */
    Stalls(LongSupplier clock) {
        thread = Thread.ofPlatform().daemon().name("probe wakes").start(() -> {
            while (!ended) {
                long from = clock.getAsLong();
                LockSupport.parkNanos(NAP);
                stood(from, clock.getAsLong());
            }
        });
    }

    synchronized void stood(long from, long to) {
        if (to - from >= SHORTEST) {
            stalls.addLast(new Stall(from, to));
            if (stalls.size() > KEPT) {
                stalls.removeFirst();
            }
        }
    }

    /** How long it stood still between two times, in milliseconds. */
    synchronized long between(long from, long to) {
        return stalls.stream()
                .mapToLong(s -> Math.max(0, Math.min(s.to(), to) - Math.max(s.from(), from)))
                .sum();
    }

    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(thread);
    }
}
