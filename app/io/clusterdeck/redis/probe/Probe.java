package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes and reads through every shard, each on its own connections, as a plain cluster client would; reads every acknowledged key back and
 * removes them all. The first {@link #OFTEN} shards every 20 ms, more of them every 100 ms: some thousand commands a second are as much as
 * a drill should add. Safe for use by many threads; begins at once.
 */
public final class Probe implements AutoCloseable {
    /** Of so many shards each is probed every 20 ms. */
    public static final int OFTEN = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);
    /** Without one more that works for so long, a shard is not going to be probed. */
    private static final Duration WARM = Duration.ofSeconds(15);

    private static final int ENOUGH = 25;

    /** Replication, and who is master, have long settled by then: what is there is not lost by what happened before. */
    private static final Duration LEFT_ALONE = Duration.ofMinutes(10);

    /**
     * What a probe sees at this moment.
     *
     * @param at milliseconds since it began
     */
    public record Now(long at, List<ShardNow> shards, List<Measured.Mark> marks) {}

    /**
     * One shard now.
     *
     * @param writes worked in each tenth of a second, oldest first
     * @param silent milliseconds since the last write that worked
     * @param longest milliseconds, so far
     */
    public record ShardNow(
            NodeAddress master, double[] writes, double[] reads, long silent, long longest, int written) {}

    private final Links links;
    private final String run;
    private final List<NodeAddress> nodes;
    private final Instant began = Instant.now();
    private final long zero = System.nanoTime();
    private final Turns turns = new Turns();
    private final AckLog log;
    private final Stalls stalls;
    private final List<ShardProbe> shards = new ArrayList<>();
    private final Map<ShardProbe, ReadBack> backs = new LinkedHashMap<>();
    private final List<Measured.Mark> marks = new CopyOnWriteArrayList<>();
    private final List<Consumer<Now>> listeners = new CopyOnWriteArrayList<>();
    private final Thread readsBack;
    private Optional<Loading> load = Optional.empty();
    private volatile boolean ended;

    /**
     * @param state which shards there are, and where
     * @param wanted masters whose shards are probed before others
     * @param run tells its keys from those of other drills: letters, digits, hyphens
     * @param acks where each acknowledged write is noted
     */
    public Probe(Links links, ClusterState state, Collection<String> wanted, String run, Path acks) throws NotAllowed {
        this(links, state, wanted, run, acks, LEFT_ALONE, OFTEN);
    }

    /**
     * @param leftAlone how old a write is when it is read back
     * @param often how many shards are probed every 20 ms
     */
    Probe(
            Links links,
            ClusterState state,
            Collection<String> wanted,
            String run,
            Path acks,
            Duration leftAlone,
            int often)
            throws NotAllowed {
        this.links = links;
        this.run = run;
        this.nodes = state.nodes().values().stream().map(Node::address).toList();
        this.log = new AckLog(acks); // before any thread begins: it may fail
        this.stalls = new Stalls(this::millis);
        var ordered = wantedFirst(state, wanted);
        for (var shard : ordered) {
            int every = shards.size() < often ? ShardProbe.OFTEN : ShardProbe.SELDOM;
            var probe = new ShardProbe(links, shard, every, nodes, run, log, turns, stalls, this::millis);
            shards.add(probe);
            backs.put(probe, new ReadBack(probe, links, nodes));
        }
        Thread.ofVirtual().name("probe tells").start(this::tell);
        readsBack = Thread.ofVirtual().name("probe reads back").start(() -> readBack(leftAlone));
    }

    /** Those that are wanted, then by slot. */
    static List<Shard> wantedFirst(ClusterState state, Collection<String> wanted) {
        return state.shards().stream()
                .filter(s -> !s.master().slots().isEmpty())
                .sorted(Comparator.comparing(
                        s -> !wanted.contains(s.master().address().toString())))
                .toList();
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - zero);
    }

    /**
     * Waits until writes and reads work in every shard. Fails with what hinders them where for a while none more did: on a computer that has
     * much to do the first connections take their time, with TLS above all.
     */
    public void warm() throws Failure, InterruptedException {
        for (var shard : shards) {
            long moved = System.nanoTime();
            for (int had = 0, has = shard.warmth(ENOUGH); has < 2 * ENOUGH; had = has, has = shard.warmth(ENOUGH)) {
                if (has > had) {
                    moved = System.nanoTime();
                } else if (System.nanoTime() - moved > WARM.toNanos()) {
                    throw cold(shard);
                }
                Thread.sleep(20);
            }
        }
        turns.end();
        stalls.count();
    }

    /** From now on other clients of ours are busy, too, until it ends or so much was done. Once, by who began it. */
    public void load(Load wanted) {
        load = Optional.of(
                new Loading(wanted, links, shards.stream().map(s -> s.shard).toList(), nodes, run, log));
    }

    private static NotAllowed cold(ShardProbe shard) {
        var errors = shard.errors.now().toString();
        return new NotAllowed(
                Say.of("probe.cold", "node", shard.shard.master().address(), "errors", errors),
                Say.of("probe.cold.next"));
    }

    /** Notes that something begins now. */
    public void mark(String what) {
        marks.add(new Measured.Mark(what, millis()));
    }

    public boolean marked(String what) {
        return marks.stream().anyMatch(m -> m.what().equals(what));
    }

    /** Told ten times a second, on a thread of the probe, until it ends. */
    public AutoCloseable each(Consumer<Now> to) {
        listeners.add(to);
        return () -> listeners.remove(to);
    }

    private void tell() {
        while (!ended) {
            var now = now();
            listeners.forEach(l -> l.accept(now));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Curve.STEP));
        }
    }

    private void readBack(Duration leftAlone) {
        while (!ended) {
            long old = millis() - leftAlone.toMillis();
            for (var back : backs.values()) {
                try {
                    back.before(old, millis());
                } catch (OutcomeUnknown unserved) {
                    LOG.trace("read back later: {}", unserved.what());
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
            log.forget(shards.stream().mapToLong(ShardProbe::oldest).reduce(old, Math::min));
            LockSupport.parkNanos(leftAlone.toNanos() / 10);
        }
    }

    public Now now() {
        long at = millis();
        return new Now(at, shards.stream().map(s -> now(s, at)).toList(), List.copyOf(marks));
    }

    private static ShardNow now(ShardProbe shard, long at) {
        return new ShardNow(
                shard.shard.master().address(),
                shard.writes.until(at),
                shard.reads.until(at),
                shard.writeGaps.since(at),
                shard.writeGaps.until(at).stream()
                        .mapToLong(Gaps.Gap::length)
                        .max()
                        .orElse(0),
                shard.written());
    }

    /**
     * Ends the writing, reads everything back, removes the keys.
     *
     * @param left is told of each shard whose keys stay
     */
    public Measured end(Consumer<Say> left) throws InterruptedException {
        stop();
        try {
            return readBack(left);
        } finally {
            log.close();
        }
    }

    private Measured readBack(Consumer<Say> left) throws InterruptedException {
        long took = millis();
        boolean readBack = true;
        var found = new ArrayList<Measured.OfShard>();
        for (var shard : shards) {
            var back = Objects.requireNonNull(backs.get(shard));
            try {
                back.before(Long.MAX_VALUE, millis());
            } catch (OutcomeUnknown unserved) {
                LOG.warn("not read back: {}", unserved.what());
                readBack = false;
            }
            try {
                back.remove();
            } catch (OutcomeUnknown unserved) {
                LOG.warn("not removed: {}", unserved.what());
                left.accept(Say.of("probe.left", "node", shard.shard.master().address(), "keys", shard.keys()));
            }
            found.add(new Measured.OfShard(
                    shard.shard.master().address(),
                    shard.shard.master().slotCount(),
                    shard.every,
                    shard.written(),
                    shard.read(),
                    shard.writeGaps.until(took),
                    shard.readGaps.until(took),
                    back.lost().stream()
                            .map(a -> new Measured.Lost(shard.key(a.n()), a.at(), a.by()))
                            .toList(),
                    shard.errors.now()));
        }
        if (load.isPresent()) {
            load.get().remove(left);
        }
        return new Measured(began, took, marks, found, readBack, load.map(Loading::now), stalls.longest());
    }

    private void stop() {
        ended = true;
        load.ifPresent(Loading::close);
        readsBack.interrupt(); // what it has not read yet is read at the end
        shards.parallelStream().forEach(ShardProbe::close);
        stalls.close();
    }

    /** Ends it without a result; its keys stay, see {@link Leftover}. */
    @Override
    public void close() {
        if (!ended) {
            stop();
            log.close();
        }
    }
}
