package io.clusterdeck.deck;

import io.clusterdeck.redis.clock.ClockOffset;
import io.clusterdeck.redis.config.Drift;
import io.clusterdeck.redis.health.HostFacts;
import io.clusterdeck.redis.hosts.HostOperations;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Looks at the hosts of a watched cluster, now and then, side by side: where its nodes' processes and files are (so that a node can be
 * started when it is gone), how full their disks are, how the hosts fare, and what their clocks say. Signs in nowhere for a cluster whose
 * hosts are not known.
 */
final class HostLook implements HostFacts, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostLook.class);
    private static final Duration EVERY = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofMillis(100);

    private final Supplier<ClusterSpec> spec;
    private final Supplier<ClusterState> now;
    private final HostOperations hosts;
    private final UpkeepFile upkeep;
    private final Matching matching;
    private final Gauges gauges;
    private final Map<HostName, HostSight> sights = new ConcurrentHashMap<>();
    private final Unmatched unmatched = new Unmatched(this::unseen);
    private final NodeLook nodes;
    private volatile List<Drift.Difference> drift = List.of();
    private volatile Set<NodeId> sought = Set.of();
    private volatile @Nullable Instant looked;
    private int signIns;
    private final Semaphore woken = new Semaphore(0);
    private final Lookouts lookouts;
    private final Thread thread;

    HostLook(
            Supplier<ClusterSpec> spec,
            Supplier<ClusterState> now,
            Ops ops,
            HostOperations hosts,
            UpkeepFile upkeep,
            Matching matching) {
        this.spec = spec;
        this.now = now;
        this.hosts = hosts;
        this.upkeep = upkeep;
        this.matching = matching;
        this.gauges = new Gauges(ops);
        this.nodes = new NodeLook(ops, gauges, unmatched, this::sight);
        this.lookouts = new Lookouts(spec.get().name());
        this.thread =
                Thread.ofVirtual().name("look at hosts of " + spec.get().name()).unstarted(this::run);
    }

    void begin() {
        thread.start();
    }

    @Override
    public Optional<Disk> disk(NodeId node) {
        return gauges.disk(node);
    }

    /** None of this computer: a trial needs no settings of its kernel. */
    @Override
    public Optional<Machine> machine(NodeId node) {
        var on = now.get().node(node).flatMap(Node::host);
        return spec.get().hosts().stream()
                .filter(h -> !h.local() && on.filter(h.name()::equals).isPresent())
                .findFirst()
                .flatMap(this::seenLast)
                .flatMap(HostSight::machine);
    }

    @Override
    public Optional<ClockOffset> clock(NodeId node) {
        return gauges.clock(node);
    }

    @Override
    public List<Drift.Difference> drift() {
        return drift;
    }

    @Override
    public Upkeep upkeep() {
        return upkeep.now();
    }

    /** Tries a host anew, now, whatever was seen of it: how one signs in there was said. */
    synchronized void again(HostSpec host) {
        signIns++;
        looked = null;
        sights.put(host.name(), new HostSight(host));
        unmatched.again();
        woken.release();
    }

    /** Why a node is not matched to its host and process; nothing when it is. */
    Optional<Failure> unmatched(Node node) {
        return unmatched.why(spec.get(), node, sought(node.id()));
    }

    /** Why a host can't be looked at when one signs in that way, as far as was tried. */
    Optional<Failure> unseen(HostSpec host) {
        return seenLast(host).flatMap(HostSight::why);
    }

    /** When everything was looked at, as far as it could be, for the first time since it was last said how to sign in; nothing until then. */
    Optional<Instant> looked() {
        return Optional.ofNullable(looked);
    }

    /** Whether a node was looked for on all hosts, each of which could be looked at. */
    boolean sought(NodeId node) {
        return sought.contains(node);
    }

    /** Whether a host could be looked at, signed in to that way. */
    boolean seen(HostSpec host) {
        return seenLast(host).filter(HostSight::tells).isPresent();
    }

    private Optional<HostSight> seenLast(HostSpec host) {
        return Optional.ofNullable(sights.get(host.name())).filter(s -> s.how.equals(host));
    }

    /** Another one where a look signs in in another way than the last did, also where another process said so. */
    private HostSight sight(HostSpec host) {
        return sights.compute(
                host.name(), (n, last) -> last != null && last.how.equals(host) ? last : new HostSight(host));
    }

    private void run() {
        try {
            var pause = SOON;
            while (true) {
                boolean all = wholeRound();
                pause = all ? EVERY : pause.multipliedBy(2).compareTo(EVERY) < 0 ? pause.multipliedBy(2) : EVERY;
                if (woken.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    woken.drainPermits();
                    pause = SOON;
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("no longer looking at the hosts of {}", spec.get().name());
        }
    }

    /** One round; a mistake of ours in it must not end all the others. */
    private boolean wholeRound() throws InterruptedException {
        try {
            return round() && nodes.asked(now.get());
        } catch (RuntimeException mistake) {
            LOG.error("looking at the hosts of {}", spec.get().name(), mistake);
            return false;
        }
    }

    /** Whether every node was seen, and its files found: a node that dies before that could not be started from here. */
    private boolean round() throws InterruptedException {
        int signed = signIns();
        var all = now.get().nodes().values();
        boolean heard =
                !all.isEmpty() && all.stream().noneMatch(n -> n.contact() instanceof Contact.Unknown && !n.givenUp());
        var places = spec.get().sites();
        machines();
        sideBySide(
                all.stream()
                        .filter(Node::answers)
                        .collect(Collectors.groupingBy(n -> n.address().host()))
                        .values(),
                together -> {
                    for (var node : together) {
                        nodes.look(node);
                    }
                });
        drift = Drift.of(now.get());
        if (!spec.get().sites().equals(places)) {
            machines(); // now that it is known which folders matter
        }
        if (!nodes.matched(now.get())) {
            sideBySide(
                    sights.values().stream()
                            .filter(HostSight::tells)
                            .flatMap(s -> s.machine().stream())
                            .toList(),
                    matching::look);
        }
        if (heard) {
            whole(signed);
        }
        if (spec.get().hosts().stream().allMatch(h -> h.local() || seen(h))) {
            sought = all.stream().filter(Node::answers).map(Node::id).collect(Collectors.toUnmodifiableSet());
        }
        return heard && nodes.matched(now.get()); // one that began too early is no whole look: the next is due soon
    }

    private synchronized int signIns() {
        return signIns;
    }

    /** @param signed as many times it was said how to sign in before all was looked at */
    private synchronized void whole(int signed) {
        if (looked == null && signed == signIns) {
            looked = Instant.now();
        }
    }

    private void machines() throws InterruptedException {
        var open = spec.get().hosts().stream().filter(h -> !sight(h).refused()).toList();
        lookouts.at(open, this::machine, this::away);
    }

    /** Whether no node there can be had, by us or by the others: the host may be gone, and it takes long to find that out. */
    private boolean away(HostSpec host) {
        var there = now.get().nodes().values().stream()
                .filter(n -> n.host().filter(host.name()::equals).isPresent())
                .toList();
        return !there.isEmpty() && there.stream().allMatch(n -> n.away() || n.givenUp());
    }

    private void machine(HostSpec host) throws InterruptedException {
        var sight = sight(host);
        try {
            sight.seen(hosts.look(host.name()));
        } catch (Failure unseen) {
            sight.failed(unseen);
            LOG.atLevel(sight.refused() ? Level.INFO : Level.DEBUG)
                    .log("{} can't be looked at: {}", host.name(), unseen.what());
        }
    }

    private interface Look<T> {
        void at(T one) throws InterruptedException;
    }

    /** One that does not answer keeps nobody waiting; at most one connection is opened to a host at a time, and scripts there wait their turn. */
    private <T> void sideBySide(Collection<T> all, Look<T> look) throws InterruptedException {
        var looks = all.stream()
                .map(one -> (Callable<Boolean>) () -> {
                    look.at(one);
                    return true;
                })
                .toList();
        try (var side = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .name("look at a host of " + spec.get().name())
                .factory())) {
            for (var done : side.invokeAll(looks)) {
                done.get();
            }
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        lookouts.close();
    }
}
