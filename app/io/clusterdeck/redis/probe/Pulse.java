package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes, or reads, through one shard, beat by beat, on a thread and connections of its own. */
final class Pulse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    /** What one beat does. */
    interface Beat {
        /** Whether it worked: acknowledged, or answered. */
        boolean once(Router router) throws InterruptedException;

        /** An earlier one was answered only now; whether it worked after all. */
        boolean late(NodeAddress by, String[] command, Reply reply);
    }

    private final Thread thread;
    private final Lines lines;
    private final Curve curve;
    private final Gaps gaps;
    private final LongSupplier clock;
    private final Stalls stalls;
    private final long every;
    private final AtomicInteger worked = new AtomicInteger();
    private volatile boolean ended;

    /**
     * @param every milliseconds
     * @param routed how it finds its way, given who is told of late answers
     * @param clock milliseconds
     */
    Pulse(
            String name,
            int every,
            Lines lines,
            Function<Lines.Taker, Router> routed,
            Beat beat,
            LongSupplier clock,
            Stalls stalls,
            Curve curve,
            Gaps gaps) {
        this.every = TimeUnit.MILLISECONDS.toNanos(every);
        this.lines = lines;
        this.curve = curve;
        this.gaps = gaps;
        this.clock = clock;
        this.stalls = stalls;
        // not a virtual thread: those wait for each other where processors are few, and waiting would be measured as an
        // outage
        var router = routed.apply(new Lines.Taker() {
            @Override
            public void take(NodeAddress by, String[] command, Reply reply, long heard) {
                stood(heard);
                answered(beat.late(by, command, reply));
            }

            @Override
            public void stood(long since) {
                Pulse.this.stood(since);
            }
        });
        this.thread = Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                run(router, beat);
            } catch (InterruptedException end) {
                LOG.trace("{} was ended", name, end);
            }
        });
    }

    private void run(Router router, Beat beat) throws InterruptedException {
        long due = System.nanoTime();
        long free = due;
        while (!ended) {
            router.turn(Math.max(due, free));
            router.collect();
            long from = clock.getAsLong();
            boolean ok = beat.once(router);
            long to = clock.getAsLong();
            router.goesOn();
            curve.beat(to, ok);
            if (ok) {
                worked.incrementAndGet();
                gaps.worked(to, router.blind());
            } else if (router.asked()) {
                boolean refused = router.answered();
                gaps.failed(from, refused ? to : Math.min(to, from + Router.PATIENCE.toMillis()), refused);
            } else {
                gaps.unasked(to);
            }
            lines.keep();
            free = System.nanoTime();
            due = Math.max(due + every, free - every);
            while (!ended && System.nanoTime() - due < 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }

    private void stood(long since) {
        long now = clock.getAsLong();
        stalls.stood(now - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since), now);
    }

    private void answered(boolean ok) {
        long now = clock.getAsLong();
        curve.beat(now, ok);
        if (ok) {
            worked.incrementAndGet();
            gaps.cameLate();
            gaps.worked(now, 0);
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
