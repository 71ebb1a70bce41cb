package io.clusterdeck.redis.timeline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts what a thread does again and again, so that others can wait for one that began after they asked. Safe for use by many threads. */
final class Laps {
    private long begun;
    private long ended;

    synchronized void begin() {
        begun++;
    }

    synchronized void end() {
        ended = begun;
        notifyAll();
    }

    /** The next that begins. */
    synchronized long next() {
        return begun + 1;
    }

    /** Waits for its end, at most so long. */
    synchronized void await(long lap, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); ended < lap && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
