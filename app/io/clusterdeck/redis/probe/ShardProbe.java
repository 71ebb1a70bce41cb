package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Shard;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** What the probe does with one shard: numbered keys are written and read; each acknowledged write is remembered until it was read back. */
final class ShardProbe implements AutoCloseable {
    /** Keys outlive the time until they are read back, and nobody has to remove them. */
    static final int TTL_SECONDS = 3_600;

    /** Milliseconds between two writes, and between two reads. */
    static final int OFTEN = 20;

    /** The same where there are many shards. */
    static final int SELDOM = 100;

    /** A write that the cluster acknowledged. */
    record Ack(int n, long at, NodeAddress by) {}

    final Shard shard;
    final int every;
    final Lines.Errors errors = new Lines.Errors();
    final Gaps writeGaps;
    final Gaps readGaps;
    final Curve writes = new Curve();
    final Curve reads = new Curve();
    private final String prefix;
    private final AckLog log;
    private final LongSupplier clock;
    private final NavigableMap<Integer, Ack> unread = new ConcurrentSkipListMap<>();
    private final AtomicInteger tried = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();
    private final Pulse writing;
    private final Pulse reading;
    private volatile int lastAck = -1;

    /**
     * @param every milliseconds
     * @param clock milliseconds
     */
    ShardProbe(
            Links links,
            Shard shard,
            int every,
            List<NodeAddress> nodes,
            String run,
            AckLog log,
            Turns turns,
            Stalls stalls,
            LongSupplier clock) {
        this.shard = shard;
        this.every = every;
        this.log = log;
        this.clock = clock;
        this.prefix =
                "clusterdeck:drill:" + run + ":{" + KeySlots.into(shard.master().slots()) + "}:";
        this.writeGaps = new Gaps(clock.getAsLong(), stalls, shortest(every));
        this.readGaps = new Gaps(clock.getAsLong(), stalls, shortest(every));
        var at = shard.master().address();
        writing = pulse("probe writes " + at, links, nodes, turns, stalls, new Writing(), writes, writeGaps);
        reading = pulse("probe reads " + at, links, nodes, turns, stalls, new Reading(), reads, readGaps);
    }

    /** Without an answer for so many milliseconds it is a gap. */
    static long shortest(int every) {
        return Math.max(Gaps.SHORTEST, 3L * every);
    }

    private Pulse pulse(
            String name,
            Links links,
            List<NodeAddress> nodes,
            Turns turns,
            Stalls stalls,
            Pulse.Beat beat,
            Curve curve,
            Gaps gaps) {
        var own = Stream.concat(Stream.of(shard.master()), shard.replicas().stream());
        var lines = new Lines(links, own.map(Node::address).toList(), turns);
        var first = shard.master().address();
        return new Pulse(
                name,
                every,
                lines,
                late -> new Router(lines, first, nodes, errors, Optional.of(late)),
                beat,
                clock,
                stalls,
                curve,
                gaps);
    }

    /** What all of its keys begin with. */
    String keys() {
        return prefix;
    }

    String key(int n) {
        return prefix + n;
    }

    private final class Writing implements Pulse.Beat {
        @Override
        public boolean once(Router router) throws InterruptedException {
            int n = tried.get();
            if (n % AckLog.BLOCK == 0) {
                log.mayUse(key(n + 2 * AckLog.BLOCK));
            }
            tried.set(n + 1);
            var reply = router.send("SET", key(n), Integer.toString(n), "EX", Integer.toString(TTL_SECONDS));
            return reply.isPresent() && acknowledged(n, router.at(), reply.get());
        }

        /** An acknowledgement counts whenever it comes. */
        @Override
        public boolean late(NodeAddress by, String[] command, Reply reply) {
            return acknowledged(Integer.parseInt(command[2]), by, reply);
        }

        private boolean acknowledged(int n, NodeAddress by, Reply reply) {
            if (!reply.text().equals("OK")) {
                return false;
            }
            var ack = new Ack(n, clock.getAsLong(), by);
            unread.put(n, ack);
            written.incrementAndGet();
            log.write(key(n), ack);
            lastAck = Math.max(lastAck, n);
            return true;
        }
    }

    private final class Reading implements Pulse.Beat {
        @Override
        public boolean once(Router router) throws InterruptedException {
            return router.send("GET", key(Math.max(0, lastAck)))
                    .filter(Pulse::served)
                    .isPresent();
        }

        @Override
        public boolean late(NodeAddress by, String[] command, Reply reply) {
            return Pulse.served(reply);
        }
    }

    /** When the oldest write was acknowledged that was not read back yet. */
    long oldest() {
        return unread.values().stream().mapToLong(Ack::at).min().orElse(Long.MAX_VALUE);
    }

    /** Notes that an acknowledged write is gone. */
    void lost(Ack ack) {
        log.lost(key(ack.n()), ack);
    }

    /** The lowest numbers of the acknowledged writes that were not read back yet, up to the first that is not from before a time. */
    List<Ack> unread(long before, int most) {
        return unread.values().stream()
                .limit(most)
                .takeWhile(a -> a.at() < before)
                .toList();
    }

    /** These were read back. */
    void forget(List<Ack> some) {
        some.forEach(a -> unread.remove(a.n()));
    }

    /** How many writes were acknowledged. */
    int written() {
        return written.get();
    }

    /** How many keys may exist: also those whose write was not acknowledged. */
    int tried() {
        return tried.get();
    }

    int read() {
        return reading.worked();
    }

    /** How many writes and reads worked, each counted up to {@code most}. */
    int warmth(int most) {
        return Math.min(most, written()) + Math.min(most, read());
    }

    /** No more writes and reads; what is known stays. */
    @Override
    public void close() {
        writing.close();
        reading.close();
    }

    static boolean holds(Reply reply, int n) {
        return reply.text().equals(Integer.toString(n));
    }
}
