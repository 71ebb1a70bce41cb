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
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.redis.nodes.Closeup;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.HostKeyChanged;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import java.time.Duration;
import java.time.Instant;
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

/**
 * Looks at the hosts of a watched cluster, now and then: where its nodes' processes and files are (so that a node can be started when
 * it is gone), how full their disks are, how the hosts fare, and what their clocks say. Signs in nowhere for a cluster whose hosts
 * are not known.
 */
final class HostLook implements HostFacts, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostLook.class);
    private static final Duration EVERY = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofMillis(100);

    private final Supplier<ClusterSpec> spec;
    private final Supplier<ClusterState> now;
    private final Ops ops;
    private final Map<HostName, Machine> machines = new ConcurrentHashMap<>();
    private final Gauges gauges;
    private final HostOperations hosts;
    private final UpkeepFile upkeep;
    private volatile List<Drift.Difference> drift = List.of();
    private volatile @Nullable Instant looked;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    /** Nodes whose files were asked how CONFIG is called. */
    private final Set<NodeId> renames = ConcurrentHashMap.newKeySet();

    private final Unmatched unmatched = new Unmatched();
    private volatile Set<NodeId> sought = Set.of();
    private final Semaphore woken = new Semaphore(0);
    private final Matching matching;
    private final Thread thread;

    HostLook(
            Supplier<ClusterSpec> spec,
            Supplier<ClusterState> now,
            Ops ops,
            HostOperations hosts,
            UpkeepFile upkeep,
            Matching matching) {
        this.matching = matching;
        this.hosts = hosts;
        this.upkeep = upkeep;
        this.spec = spec;
        this.now = now;
        this.ops = ops;
        this.gauges = new Gauges(ops);
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
        return Optional.ofNullable(now.get().nodes().get(node))
                .flatMap(Node::host)
                .filter(h -> spec.get().hosts().stream()
                        .noneMatch(s -> s.local() && s.name().equals(h)))
                .map(machines::get);
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
            return round() && asked();
        } catch (RuntimeException mistake) {
            LOG.error("looking at the hosts of {}", spec.get().name(), mistake);
            return false;
        }
    }

    /** Tries a host again, now: how one signs in there was changed. */
    void again(HostSpec host) {
        refused.remove(host.address());
        unmatched.forget(host.address());
        woken.release();
    }

    /** Why a node is not matched to its host and process; nothing when it is. */
    Optional<Failure> unmatched(Node node) {
        return unmatched.why(spec.get(), node);
    }

    /** Why a host can't be looked at, as far as was tried. */
    Optional<Failure> unseen(HostSpec host) {
        return unmatched.why(host.address());
    }

    /** When everything was looked at for the first time, as far as it could be; nothing until then. */
    Optional<Instant> looked() {
        return Optional.ofNullable(looked);
    }

    /** Whether a node was looked for on all hosts, each of which could be looked at. */
    boolean sought(NodeId node) {
        return sought.contains(node);
    }

    /** Whether a host was signed in to. */
    boolean seen(HostSpec host) {
        return machines.containsKey(host.name());
    }

    /** Whether every node was seen, and its files found: a node that dies before that could not be started from here. */
    private boolean round() throws InterruptedException {
        var nodes = now.get().nodes().values();
        boolean heard = !nodes.isEmpty() && nodes.stream().noneMatch(n -> n.contact() instanceof Contact.Unknown);
        for (var node : nodes) {
            upkeep.plan(now.get()); // before each look, which may take long: the first whole sight counts
            if (node.answers()) {
                gauges.readClock(node);
            }
            if (node.answers() && hostKnown(node.address())) {
                look(node);
            }
        }
        drift = Drift.of(now.get());
        machines();
        if (heard && looked == null) {
            looked = Instant.now();
        }
        if (spec.get().hosts().stream().allMatch(h -> h.local() || seen(h))) {
            sought = nodes.stream().filter(Node::answers).map(Node::id).collect(Collectors.toUnmodifiableSet());
        }
        return matched();
    }

    private boolean matched() {
        var nodes = now.get().nodes().values();
        return !nodes.isEmpty()
                && nodes.stream().allMatch(n -> site(n.address()).isPresent());
    }

    /** Whether each node that answers told its settings; of one that refused, its file was asked by which word it knows CONFIG. */
    private boolean asked() {
        return now.get().nodes().values().stream()
                .filter(Node::answers)
                .allMatch(n -> !Drift.told(n).isEmpty() || renames.contains(n.id()));
    }

    private void machines() throws InterruptedException {
        // side by side: one that does not answer keeps nobody waiting
        var looks = spec.get().hosts().stream()
                .filter(h -> !refused.contains(h.address()))
                .map(h -> (Callable<Boolean>) () -> machine(h))
                .toList();
        try (var side = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .name("look at a host of " + spec.get().name())
                .factory())) {
            for (var look : side.invokeAll(looks)) {
                look.get();
            }
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug);
        }
        if (!matched()) {
            for (var machine : List.copyOf(machines.values())) {
                matching.look(machine);
            }
        }
    }

    /** Whether it could be looked at. */
    private boolean machine(HostSpec host) throws InterruptedException {
        try {
            machines.put(host.name(), hosts.look(host.name()));
            unmatched.forgetHost(host.address());
            return true;
        } catch (SignInRefused | HostKeyChanged refusal) {
            refused.add(host.address());
            unmatched.host(host.address(), refusal);
            LOG.info("{} is not looked at: {}", host.name(), refusal.what());
        } catch (Failure unseen) {
            machines.remove(host.name());
            unmatched.host(host.address(), unseen);
            LOG.debug("{} can't be looked at: {}", host.name(), unseen.what());
        }
        return false;
    }

    /** A machine that refused us, or whose key the operator did not trust, is not knocked at again by itself: that would ask the same question every minute. */
    private boolean hostKnown(NodeAddress address) {
        return !refused.contains(address.host()) && knows(address);
    }

    private boolean knows(NodeAddress address) {
        return site(address).isPresent()
                || spec.get().hosts().stream().anyMatch(h -> h.address().equals(address.host()));
    }

    private Optional<NodeSite> site(NodeAddress address) {
        return spec.get().sites().stream()
                .filter(s -> s.address().toString().equals(address.toString()))
                .findFirst();
    }

    private void look(Node node) throws InterruptedException {
        try {
            if (site(node.address()).isEmpty() || node.refused().containsKey("CONFIG GET") && renames.add(node.id())) {
                Closeup.of(ops, node); // tells Ops.learn what it found, and the links renamed commands
            }
            unmatched.forget(node.id());
            var site = site(node.address());
            if (site.isPresent()) {
                gauges.readDisk(node, site.get());
            }
        } catch (SignInRefused | HostKeyChanged refusal) {
            refused.add(node.address().host());
            unmatched.node(node.id(), refusal);
            LOG.info("{} is not looked at from its host: {}", node.address(), refusal.what());
        } catch (Failure unseen) {
            if (unseen.getCause() instanceof SignInRefused || unseen.getCause() instanceof HostKeyChanged) {
                refused.add(node.address().host());
            }
            unmatched.node(node.id(), unseen);
            LOG.debug("{} can't be seen from its host: {}", node.address(), unseen.what());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
