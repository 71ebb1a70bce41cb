package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.link.IoThreads;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * When this process stood still instead of measuring (a busy computer, its own garbage): a thread that only sleeps notes how late it
 * wakes, how late each does that measures (at its beat, and once its answer is here), and for how long those that hear answers have no
 * time. Safe for use by many threads.
 */
final class Stalls implements AutoCloseable {
    private static final long NAP = TimeUnit.MILLISECONDS.toNanos(5);

    /** Shorter ones are how any computer sleeps. */
    private static final long SHORTEST = 10;

    private static final int KEPT = 10_000;

    private record Stall(long from, long to) {
        Stall with(Stall other) {
            return new Stall(Math.min(from, other.from), Math.max(to, other.to));
        }

        long length() {
            return to - from;
        }
    }

    private final LongSupplier clock;
    private final Deque<Stall> stalls = new ArrayDeque<>();
    private final Map<Object, Long> waiting = new ConcurrentHashMap<>();
    private boolean counts;
    private long longest;
    private volatile boolean ended;

    /** @param clock milliseconds */
    Stalls(LongSupplier clock) {
        this.clock = clock;
        Thread.ofPlatform().daemon().name("probe wakes").start(this::watch);
    }

    private void watch() {
        while (!ended) {
            IoThreads.all().forEach(thread -> {
                if (waiting.putIfAbsent(thread, clock.getAsLong()) == null) {
                    thread.execute(() -> went(thread));
                }
            });
            waiting.put(this, clock.getAsLong());
            LockSupport.parkNanos(NAP);
            went(this);
        }
    }

    private synchronized void went(Object who) {
        var from = waiting.remove(who);
        if (from != null) {
            stood(from, clock.getAsLong());
        }
    }

    /** From one time to another a thread was to run, and did not. */
    synchronized void stood(long from, long to) {
        var whole = new Stall(from, to);
        if (whole.length() < SHORTEST) {
            return;
        }
        if (counts) {
            longest = Math.max(longest, whole.length());
        }
        while (!stalls.isEmpty() && stalls.getLast().to() >= from) {
            whole = whole.with(stalls.removeLast());
        }
        stalls.addLast(whole);
        if (stalls.size() > KEPT) {
            stalls.removeFirst();
        }
    }

    /** For how long some thread stood still between two times, in milliseconds; who still stands counts, too. */
    synchronized long between(long from, long to) {
        long now = clock.getAsLong();
        var standing = waiting.values().stream().map(since -> new Stall(since, now));
        var all = Stream.concat(stalls.stream(), standing.filter(s -> s.length() >= SHORTEST))
                .sorted(Comparator.comparingLong(Stall::from))
                .toList();
        long sum = 0;
        long done = from;
        for (var stall : all) {
            long until = Math.min(stall.to(), to);
            sum += Math.max(0, until - Math.max(stall.from(), done));
            done = Math.max(done, until);
        }
        return sum;
    }

    /** From now on it matters how long they last. */
    synchronized void count() {
        counts = true;
    }

    /** The longest that counts, in milliseconds; 0 without one. */
    synchronized long longest() {
        return longest;
    }

    /** Ends by itself a moment later. */
    @Override
    public void close() {
        ended = true;
    }
}
