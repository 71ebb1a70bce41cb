package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What the probe does with one shard: numbered keys are written and read; each acknowledged write is remembered. After the last number
 * one more key is written over and over: whether writes work is told to the end, what becomes of those writes is not.
 */
final class ShardProbe implements AutoCloseable {
    /** Keys outlive the longest drill and nobody has to remove them. */
    static final int TTL_SECONDS = 3_600;

    /** So many writes are remembered at most: ten minutes of writing. */
    private static final int MOST = 30_000;

    /** So many keys there may be: the one that is written over, too. */
    static final int KEYS = MOST + 1;

    /** A write that the cluster acknowledged. */
    record Ack(int n, long at, NodeAddress by) {}

    final Shard shard;
    final Lines.Errors errors = new Lines.Errors();
    final Gaps writeGaps;
    final Gaps readGaps;
    final Curve writes = new Curve();
    final Curve reads = new Curve();
    private final String prefix;
    private final AckLog log;
    private final LongSupplier clock;
    private final int most;
    private final List<Ack> acks = new ArrayList<>();
    private final AtomicInteger tried = new AtomicInteger();
    private final Pulse writing;
    private final Pulse reading;
    private volatile int lastAck = -1;

    ShardProbe(
            Links links,
            Shard shard,
            List<NodeAddress> nodes,
            String run,
            AckLog log,
            Stalls stalls,
            LongSupplier clock) {
        this(links, shard, nodes, run, log, stalls, clock, MOST);
    }

    /** @param most writes that are remembered */
    ShardProbe(
            Links links,
            Shard shard,
            List<NodeAddress> nodes,
            String run,
            AckLog log,
            Stalls stalls,
            LongSupplier clock,
            int most) {
        this.most = most;
        this.shard = shard;
        this.log = log;
        this.clock = clock;
        this.prefix =
                "clusterdeck:drill:" + run + ":{" + KeySlots.into(shard.master().slots()) + "}:";
        this.writeGaps = new Gaps(clock.getAsLong(), stalls);
        this.readGaps = new Gaps(clock.getAsLong(), stalls);
        var at = shard.master().address();
        writing = pulse("probe writes " + at, links, nodes, this::write, writes, writeGaps);
        reading = pulse("probe reads " + at, links, nodes, this::read, reads, readGaps);
    }

    private Pulse pulse(String name, Links links, List<NodeAddress> nodes, Pulse.Beat beat, Curve curve, Gaps gaps) {
        var lines = new Lines(links);
        var router = new Router(lines, shard.master().address(), nodes, errors);
        // a client that knows its shard is connected to all of it; what is measured is not how long connecting takes
        lines.ready(shard.master().address());
        shard.replicas().forEach(r -> lines.ready(r.address()));
        return new Pulse(name, lines, router, beat, clock, curve, gaps);
    }

    /** What all of its keys begin with. */
    String keys() {
        return prefix;
    }

    String key(int n) {
        return prefix + n;
    }

    private boolean write(Router router) throws InterruptedException {
        int n = Math.min(tried.get(), most);
        tried.set(n + 1);
        var reply = router.send("SET", key(n), Integer.toString(n), "EX", Integer.toString(TTL_SECONDS));
        if (reply.isEmpty() || !reply.get().text().equals("OK")) {
            return false;
        }
        if (n == most) {
            return true;
        }
        var ack = new Ack(n, clock.getAsLong(), router.at());
        synchronized (acks) {
            acks.add(ack);
        }
        log.write(key(n), ack);
        lastAck = n;
        return true;
    }

    private boolean read(Router router) throws InterruptedException {
        return router.send("GET", key(Math.max(0, lastAck)))
                .filter(Pulse::served)
                .isPresent();
    }

    /** Every acknowledged write, in its order. */
    List<Ack> acks() {
        synchronized (acks) {
            return List.copyOf(acks);
        }
    }

    /** How many keys may exist: also those whose write was not acknowledged. */
    int tried() {
        return tried.get();
    }

    int read() {
        return reading.worked();
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
