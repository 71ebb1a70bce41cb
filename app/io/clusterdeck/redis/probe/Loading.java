package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a {@link Load}: clients of their own, each with a connection, a thread and some keys of its own, which it writes and reads again and
 * again. What it does is counted and not measured. Its keys are in the probe's record before they are used, and expire by themselves.
 */
final class Loading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loading.class);

    /** Of each client. */
    static final int KEYS = 200;

    /** Of more shards the first ones have it. */
    static final int SHARDS = Probe.OFTEN;

    private static final int TTL_SECONDS = 900;
    private static final String VALUE = "x".repeat(100);

    private final Links links;
    private final List<NodeAddress> nodes;
    private final String run;
    private final List<Client> clients = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final long began = System.nanoTime();
    private final long until;
    private volatile long ended;

    /** @param shards the first of which have it */
    Loading(Load load, Links links, List<Shard> shards, List<NodeAddress> nodes, String run, AckLog log) {
        this.links = links;
        this.nodes = nodes;
        this.run = run;
        this.until = began + TimeUnit.SECONDS.toNanos(load.seconds());
        var loaded = shards.stream().limit(SHARDS).toList();
        long every = TimeUnit.SECONDS.toNanos((long) load.clients() * loaded.size()) / load.rate();
        for (var shard : loaded) {
            for (int i = 0; i < load.clients(); i++) {
                var client = new Client(shard, i, every);
                log.mayUse(client.key(KEYS - 1));
                clients.add(client);
            }
        }
        clients.forEach(Client::start);
    }

    private final class Client {
        private final Shard shard;
        private final String prefix;
        private final long every;
        private final Thread thread;

        Client(Shard shard, int n, long every) {
            this.shard = shard;
            this.every = every;
            this.prefix = "clusterdeck:drill:" + run + ":load" + n + ":{"
                    + KeySlots.into(shard.master().slots()) + "}:";
            this.thread = Thread.ofVirtual()
                    .name("load " + n + " on " + shard.master().address())
                    .unstarted(this::run);
        }

        String key(int n) {
            return prefix + n;
        }

        void start() {
            thread.start();
        }

        private void run() {
            try (var lines = new Lines(links)) {
                var router = router(lines);
                long due = System.nanoTime();
                for (int n = 0; ended == 0 && System.nanoTime() - until < 0; n++) {
                    one(router, n);
                    // what it is late by is not caught up with: that would be a burst
                    due = Math.max(due + every, System.nanoTime() - every);
                    while (ended == 0 && System.nanoTime() - due < 0) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                }
            } catch (InterruptedException end) {
                LOG.trace("{} was ended", prefix, end);
            }
        }

        private void one(Router router, int n) throws InterruptedException {
            var key = key(n / 2 % KEYS);
            var reply = n % 2 == 0
                    ? router.send("SET", key, VALUE, "EX", Integer.toString(TTL_SECONDS))
                    : router.send("GET", key);
            (reply.isPresent() ? answered : failed).incrementAndGet();
        }

        private Router router(Lines lines) {
            return new Router(lines, shard.master().address(), nodes, new Lines.Errors());
        }

        void end() throws InterruptedException {
            LockSupport.unpark(thread);
            thread.join();
        }

        void remove(Consumer<Say> left) throws InterruptedException {
            try (var lines = new Lines(links)) {
                ReadBack.remove(router(lines), shard.master().address(), this::key, 0, KEYS);
            } catch (OutcomeUnknown unserved) {
                LOG.warn("not removed: {}", unserved.what());
                left.accept(Say.of("probe.left", "node", shard.master().address(), "keys", prefix));
            }
        }
    }

    /** How many commands were answered and failed until now, or its end. */
    Measured.Loaded now() {
        long took = (ended == 0 ? Math.min(System.nanoTime(), until) : ended) - began;
        return new Measured.Loaded(answered.get(), failed.get(), TimeUnit.NANOSECONDS.toMillis(took));
    }

    /** Removes its keys; ended before. @param left is told of each client whose keys stay */
    void remove(Consumer<Say> left) throws InterruptedException {
        for (var client : clients) {
            client.remove(left);
        }
    }

    /** No more commands. */
    @Override
    public void close() {
        if (ended == 0) {
            ended = Math.min(System.nanoTime(), until);
        }
        try {
            for (var client : clients) {
                client.end();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
