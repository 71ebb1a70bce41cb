package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.health.Case;
import io.clusterdeck.redis.health.HostFacts;
import io.clusterdeck.redis.health.Rules;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.say.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees a cluster live. Every address has a thread and a connection of its own ({@link NodeWatch}); one more thread merges what they saw
 * and tells the listeners: at every tick, and at once when something changed. Any one address that answers leads to all others. What was
 * seen once is kept when it goes away.
 */
public final class ClusterWatch implements Watch, NodeWatch.Hub {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);

    /** Changes come in flocks: those that arrive within this time are merged together. */
    private static final Duration FLOCK = Duration.ofMillis(8);

    private final Supplier<ClusterSpec> spec;
    private final Links links;
    private final HostFacts facts;
    private final Map<NodeAddress, NodeWatch> watches = new ConcurrentHashMap<>();
    private final RowPool rows = new RowPool();
    private final Listeners listeners = new Listeners();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicBoolean news = new AtomicBoolean();
    private final Thread thread;
    private volatile ClusterState now;
    private volatile boolean closed;

    /**
     * Begins to watch at once.
     *
     * @param spec read again and again, since seeds and sites are learned
     * @param links not closed by this watch
     */
    public ClusterWatch(Supplier<ClusterSpec> spec, Links links, HostFacts facts) {
        this.spec = spec;
        this.links = links;
        this.facts = facts;
        this.now = empty(spec.get().name());
        this.thread = Thread.ofVirtual().name("watch " + now.name()).start(this::run);
    }

    /** Without facts from the hosts. */
    public ClusterWatch(Supplier<ClusterSpec> spec, Links links) {
        this(spec, links, HostFacts.NONE);
    }

    @Override
    public ClusterState now() {
        return now;
    }

    @Override
    public Subscription each(Consumer<ClusterState> to) {
        var present = now;
        return listeners.add(to, present.nodes().isEmpty() && present.health().isEmpty() ? null : present);
    }

    @Override
    public Contact contact(NodeAddress at) {
        return watches.entrySet().stream()
                .filter(w -> w.getKey().host().equals(at.host()) && w.getKey().port() == at.port())
                .map(w -> w.getValue().sighting().contact())
                .findFirst()
                .orElseGet(Contact.Unknown::new);
    }

    /** As promised by {@link Watch}, and every seed was asked, too. */
    @Override
    public ClusterState look(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        var state = Watch.super.look(limit);
        var asked = Instant.MAX;
        while (System.nanoTime() < until && !state.at().isAfter(asked)) {
            if (asked.equals(Instant.MAX)
                    && sightings().stream().noneMatch(s -> s.contact() instanceof Contact.Unknown)) {
                asked = Instant.now();
            }
            Thread.sleep(FLOCK);
            state = now;
        }
        return state;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        watches.values().forEach(NodeWatch::close);
        listeners.close();
    }

    @Override
    public Pace pace(double micros) {
        return new Pace(Math.max(watches.size(), 1), micros);
    }

    @Override
    public long changes() {
        return changes.get();
    }

    @Override
    public RowPool rows() {
        return rows;
    }

    @Override
    public void seen(boolean changed) {
        if (changed) {
            changes.incrementAndGet();
            news.set(true);
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        var picture = new Picture();
        while (!closed) {
            long began = System.nanoTime();
            news.set(false);
            try {
                var places = spec.get();
                keep(picture.wanted(places, sightings()));
                now = state(picture, places);
                listeners.tell(now);
            } catch (RuntimeException mistake) {
                LOG.error("merging what was seen of {}", now.name(), mistake);
            }
            // a large cluster takes long to merge: leave twice that time to everybody else
            long rest = Math.max(FLOCK.toNanos(), 2 * (System.nanoTime() - began));
            long tick = began + pace(0).tick().toNanos();
            LockSupport.parkNanos(this, rest);
            while (!closed
                    && !news.get()
                    && System.nanoTime() < tick
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(this, Math.max(1, tick - System.nanoTime()));
            }
        }
    }

    private List<Sighting> sightings() {
        return watches.values().stream().map(NodeWatch::sighting).toList();
    }

    private void keep(Picture.Wanted wanted) {
        wanted.gone().forEach(at -> {
            var watch = watches.remove(at);
            if (watch != null) {
                watch.close();
            }
        });
        for (var at : wanted.fresh()) {
            try {
                watches.put(at, new NodeWatch(at, links.watch(at), this).start());
            } catch (Failure unreachable) {
                LOG.warn("{}: {}", at, unreachable.getMessage());
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (closed) {
            watches.values().forEach(NodeWatch::close);
        }
    }

    private ClusterState state(Picture picture, ClusterSpec places) {
        var seen = sightings();
        var merged = picture.merge(places, seen);
        var strangers = new java.util.LinkedHashMap<NodeAddress, Contact>();
        seen.stream()
                .filter(s -> s.id().isEmpty())
                .sorted(Comparator.comparing(s -> s.at().toString()))
                .forEach(s -> strangers.put(s.at(), s.contact()));
        var state = new ClusterState(
                places.name(),
                Instant.now(),
                merged.nodes(),
                picture.views(seen),
                merged.disagreements(),
                List.of(),
                merged.owners(),
                Math.max(merged.currentEpoch(), epoch(seen)),
                pace(seen.stream().mapToDouble(Sighting::tickMicros).max().orElse(0))
                        .tick(),
                seen.stream().mapToDouble(Sighting::cost).max().orElse(0));
        var health =
                Rules.check(new Case(state, strangers, links.anonymous(), facts, links::certificate, picture::host));
        return new ClusterState(
                state.name(),
                state.at(),
                state.nodes(),
                state.views(),
                state.disagreements(),
                health,
                state.owners(),
                state.currentEpoch(),
                state.tick(),
                state.cost());
    }

    /** As CLUSTER INFO tells it: an election that failed raises the epoch and changes no line of CLUSTER NODES. */
    private static long epoch(List<Sighting> seen) {
        return seen.stream()
                .filter(Sighting::answers)
                .flatMap(s -> s.info().stream())
                .mapToLong(i -> i.clusterNumber("cluster_current_epoch").orElse(0))
                .max()
                .orElse(0);
    }

    private static ClusterState empty(String name) {
        return new ClusterState(
                name,
                Instant.now(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                SlotOwners.none(),
                0,
                Duration.ofMillis(100),
                0);
    }
}
