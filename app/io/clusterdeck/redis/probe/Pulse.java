package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.link.Reply;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes, or reads, through one shard every 20 ms on a thread and connections of its own. */
final class Pulse implements AutoCloseable {
    static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    /** What one beat does. */
    interface Beat {
        /** Whether it worked: acknowledged, or answered. */
        boolean once(Router router) throws InterruptedException;
    }

    /** Told of every beat: milliseconds since the probe began, and whether it worked. */
    interface Told {
        void beat(long at, boolean worked);
    }

    private final Thread thread;
    private final Lines lines;
    private final AtomicInteger worked = new AtomicInteger();
    private volatile boolean ended;

    Pulse(String name, Lines lines, Router router, Beat beat, java.util.function.LongSupplier clock, Told told) {
        this.lines = lines;
        this.thread = Thread.ofVirtual().name(name).start(() -> {
            try {
                run(router, beat, clock, told);
            } catch (InterruptedException end) {
                LOG.trace("{} was ended", name, end);
            }
        });
    }

    private void run(Router router, Beat beat, java.util.function.LongSupplier clock, Told told)
            throws InterruptedException {
        long due = System.nanoTime();
        while (!ended) {
            boolean ok = beat.once(router);
            if (ok) {
                worked.incrementAndGet();
            }
            told.beat(clock.getAsLong(), ok);
            due = Math.max(due + BEAT_NANOS, System.nanoTime() - BEAT_NANOS);
            while (!ended && System.nanoTime() - due < 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }

    /** How often it worked. */
    int worked() {
        return worked.get();
    }

    /** Whether a reply is one that a client can live on. */
    static boolean served(Reply reply) {
        return !(reply instanceof Reply.Refused);
    }

    /** Ends after the present beat. */
    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(thread);
        try {
            if (!thread.join(java.time.Duration.ofSeconds(5))) {
                thread.interrupt();
            }
        } catch (InterruptedException stop) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        lines.close();
    }
}
