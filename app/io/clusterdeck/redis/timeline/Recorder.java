package io.clusterdeck.redis.timeline;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.watch.Watch;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the failovers of one cluster from when it is made until it is closed: what its watch sees, and what its nodes' logs say, on one
 * clock. Tells while one goes on, and keeps each that is over. Safe for use by many threads; never blocks its callers.
 */
public final class Recorder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    /** Between two reconstructions. */
    private static final Duration PAUSE = Duration.ofMillis(60);

    /** While one goes on, time alone changes what is to be said. */
    private static final Duration TICK = Duration.ofMillis(500);

    private static final Duration UPKEEP = Duration.ofSeconds(1);

    /** A watch looks at all nodes within that time. */
    private static final Duration CALM = Duration.ofSeconds(2);

    /** So often the sites of nodes may still become known before it is said that they have no logs. */
    private static final int PATIENT_ROUNDS = 4;

    private final Supplier<ClusterSpec> spec;
    private final Watch watch;
    private final Ledger ledger = new Ledger();
    private final NodeLogs logs;
    private final HostClocks clocks;
    private final Archive archive;
    private final List<Consumer<List<Kept>>> listeners = new CopyOnWriteArrayList<>();
    private final Watch.Subscription subscription;
    private final AtomicBoolean dirty = new AtomicBoolean(true);
    private final Thread teller;
    private final Thread upkeep;
    private final CountDownLatch read = new CountDownLatch(1);
    private final Laps tellings = new Laps();
    private volatile boolean closed;
    private ClusterState last;
    private Set<NodeId> unheard = Set.of();

    /**
     * Begins at once.
     *
     * @param shelf where failovers are kept
     */
    public Recorder(Supplier<ClusterSpec> spec, Watch watch, Links links, Ground ground, Shelf shelf) {
        this.spec = spec;
        this.watch = watch;
        this.last = watch.now();
        this.logs = new NodeLogs(ground, new NodeLogs.Told() {
            @Override
            public void fact(Fact fact, String host) {
                if (ledger.add(fact, host)) {
                    wake();
                }
            }

            @Override
            public void cut(Cut cut) {
                ledger.add(cut);
                wake();
            }
        });
        this.clocks = new HostClocks(links, ledger);
        this.archive = new Archive(shelf);
        var name = spec.get().name();
        this.teller = Thread.ofVirtual().name("record failovers of " + name).unstarted(this::run);
        this.upkeep = Thread.ofVirtual().name("read logs of " + name).unstarted(this::keepUp);
        this.subscription = watch.each(this::see);
        teller.start();
        upkeep.start();
    }

    /** Every failover that is known, those that go on first, then the newest. Never blocks. */
    public List<Kept> all() {
        return archive.all();
    }

    /** Which of the kept ones are not among them, and why: files that can't be read, and those that are older than is read. Never blocks. */
    public List<Say> unshown() {
        return archive.unshown();
    }

    /** The same as {@link #all} once the files and logs of the past were read and told, or after {@code limit} what is known by then. Blocks. */
    public List<Kept> settled(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        if (read.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            // the past is told against the nodes as they are: once they were seen well, where they are
            ledger.calmSince(Instant.EPOCH, CALM);
            long next = tellings.next();
            wake();
            tellings.await(next, Duration.ofNanos(end - System.nanoTime()));
        }
        return all();
    }

    /**
     * Waits until the nodes were seen in calm then or later, at most so long; whether they were. Whose replica was who just before the
     * next failover is then known.
     */
    public boolean calmSince(Instant at, Duration limit) throws InterruptedException {
        return ledger.calmSince(at, limit);
    }

    /** The one that goes on, the latest if there are several. */
    public Optional<Timeline> running() {
        return all().stream().map(Kept::timeline).filter(archive::live).findFirst();
    }

    /** Told at once by this thread, and by one of the recorder whenever something changed. */
    public Watch.Subscription each(Consumer<List<Kept>> to) {
        listeners.add(to);
        to.accept(all());
        return () -> listeners.remove(to);
    }

    /** Adds what was measured meanwhile, or had been foretold; kept with it. */
    public void measured(String timeline, Measured more) {
        archive.measured(timeline, more);
        wake();
    }

    /** Whether that node's log is read: its own words are evidence then. */
    public boolean logged(NodeId node) {
        return logs.reads(node);
    }

    private synchronized void see(ClusterState now) {
        var facts = Views.between(last, now);
        last = now;
        ledger.see(now);
        if (ledger.add(facts)) {
            wake();
        }
    }

    private void wake() {
        dirty.set(true);
        LockSupport.unpark(teller);
    }

    private void run() {
        archive.load();
        hear();
        tell();
        while (!closed) {
            boolean open = archive.unsettled();
            if (dirty.getAndSet(false) || open) {
                try {
                    tell();
                } catch (RuntimeException mistake) {
                    LOG.error("telling the failovers of {}", spec.get().name(), mistake);
                }
                LockSupport.parkNanos(this, PAUSE.toNanos());
            }
            if (!dirty.get() && !closed) {
                LockSupport.parkNanos(this, (open ? TICK : Duration.ofSeconds(60)).toNanos());
            }
        }
        archive.close(ledger::before, watch.now());
    }

    private void tell() {
        tellings.begin();
        try {
            if (account().tell(Instant.now(), watch.now())) {
                hear();
            }
        } finally {
            tellings.end();
        }
    }

    private Account account() {
        return new Account(
                spec.get().name(), ledger, archive, logs::reads, logs::hears, new Sources(logs, ledger)::notes);
    }

    private void hear() {
        var all = all();
        listeners.forEach(l -> l.accept(all));
    }

    /** Whose log has ended, or arrives again, is told anew. */
    private void hear(ClusterState state) {
        var now = account().unheard(state);
        if (!now.equals(unheard)) {
            unheard = now;
            wake();
        }
    }

    private void keepUp() {
        try {
            for (int round = 1; !closed; round++) {
                var state = watch.now();
                try {
                    clocks.measure(state);
                    logs.keepUp(spec.get(), state);
                } catch (RuntimeException mistake) {
                    LOG.error("reading the logs of {}", spec.get().name(), mistake);
                }
                hear(state);
                boolean all = state.nodes().keySet().stream().allMatch(logs::reads) && clocks.complete();
                if (round >= PATIENT_ROUNDS || all) {
                    read.countDown();
                }
                Thread.sleep(UPKEEP);
            }
        } catch (InterruptedException over) {
            LOG.debug("the logs of {} are read no more", spec.get().name());
        } finally {
            logs.close();
        }
    }

    /** Returns when nothing will be kept any more: what is over by now is. */
    @Override
    public void close() {
        closed = true;
        subscription.close();
        LockSupport.unpark(teller); // an interrupt would cut off a file that it just writes
        upkeep.interrupt();
        try {
            teller.join(Duration.ofSeconds(5));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
