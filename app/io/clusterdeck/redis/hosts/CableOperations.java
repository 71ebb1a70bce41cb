package io.clusterdeck.redis.hosts;

import io.clusterdeck.redis.hosts.Cable.Port;
import io.clusterdeck.redis.hosts.Cable.State;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the ways from every host to both ports of every node elsewhere. Nodes that run are connected to and left again at once; where a
 * node does not run, a short-lived listener takes its place. Changes nothing.
 */
public final class CableOperations {

    private static final Logger LOG = LoggerFactory.getLogger(CableOperations.class);

    private static final int LISTEN_SECONDS = 15;

    private final Ops ops;

    public CableOperations(Ops ops) {
        this.ops = ops;
    }

    /** Blocks for some seconds where a firewall drops. */
    public Cables look() throws InterruptedException {
        var state = ops.now().get();
        var where = new LinkedHashMap<Node, HostName>();
        state.nodes().values().stream()
                .sorted(java.util.Comparator.comparing(n -> n.address().toString()))
                .forEach(n -> where.put(n, host(n)));
        var hosts = new ArrayList<>(new LinkedHashSet<>(where.values()));
        Collections.sort(hosts);
        var known = hosts.stream().filter(this::known).toList();
        var unseen = new ConcurrentHashMap<HostName, Say>();
        hosts.stream().filter(h -> !known.contains(h)).forEach(h -> unseen.put(h, Say.of("hosts.cables.no-access")));
        var tried = Collections.synchronizedList(new ArrayList<Cable>());
        var listeners = listen(where, known);
        try {
            var threads = new ArrayList<Thread>();
            for (var from : known) {
                threads.add(Thread.ofVirtual()
                        .name("cables from " + from)
                        .start(() -> tried.addAll(probe(from, where, unseen))));
            }
            try {
                for (var thread : threads) {
                    thread.join();
                }
            } catch (InterruptedException stop) {
                threads.forEach(Thread::interrupt);
                throw stop;
            }
        } finally {
            listeners.forEach(Thread::interrupt);
            for (var listener : listeners) {
                listener.join();
            }
        }
        return new Cables(Instant.now(), hosts, tried, Cables.heard(state, where), unseen);
    }

    /** The operator's host, else its address. */
    private HostName host(Node node) {
        return node.host()
                .or(() -> site(node.address()).map(NodeSite::host))
                .orElse(new HostName(node.address().host()));
    }

    private java.util.Optional<NodeSite> site(NodeAddress address) {
        return ops.spec().get().sites().stream().filter(s -> s.at(address)).findFirst();
    }

    private boolean known(HostName host) {
        return ops.spec().get().hosts().stream().anyMatch(h -> h.name().equals(host));
    }

    /** Stands in for the nodes that do not run, until interrupted; returns when all listen or cannot. */
    private List<Thread> listen(Map<Node, HostName> where, List<HostName> known) throws InterruptedException {
        var missing = new LinkedHashMap<HostName, List<Node>>();
        where.forEach((node, host) -> {
            if (!node.answers() && known.contains(host)) {
                missing.computeIfAbsent(host, h -> new ArrayList<>()).add(node);
            }
        });
        var heard = new CountDownLatch(missing.size());
        var threads = missing.entrySet().stream()
                .map(e -> Thread.ofVirtual()
                        .name("listen on " + e.getKey())
                        .start(() -> listen(e.getKey(), e.getValue(), heard)))
                .toList();
        try {
            heard.await();
        } catch (InterruptedException stop) {
            threads.forEach(Thread::interrupt);
            throw stop;
        }
        return threads;
    }

    private void listen(HostName host, List<Node> nodes, CountDownLatch heard) {
        var told = new AtomicBoolean();
        var script = Script.of("ways", "listen")
                .with("address", nodes.getFirst().address().host().contains(":") ? "::" : "0.0.0.0")
                .with(
                        "ports",
                        nodes.stream()
                                .flatMap(n -> Stream.of(
                                        n.address().port(), n.address().busPort()))
                                .map(String::valueOf)
                                .collect(Collectors.joining(" ")))
                .with("seconds", LISTEN_SECONDS)
                .within(Duration.ofSeconds(2 * LISTEN_SECONDS));
        try {
            ops.ground().host(host).run(script, line -> {
                if (line instanceof Line.Progress && told.compareAndSet(false, true)) {
                    heard.countDown();
                }
            });
        } catch (Failure deaf) {
            LOG.info("no listener on {}: {}", host, deaf.what()); // then its ports count as refused, which they are
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } finally {
            if (told.compareAndSet(false, true)) {
                heard.countDown();
            }
        }
    }

    private List<Cable> probe(HostName from, Map<Node, HostName> where, Map<HostName, Say> unseen) {
        var targets = new LinkedHashMap<String, Cable>();
        where.forEach((node, to) -> {
            for (var port : Port.values()) {
                if (!to.equals(from)) {
                    targets.put(
                            node.address().host() + " " + port.of(node.address()),
                            new Cable(from, to, node.address(), port, State.UNKNOWN, OptionalLong.empty()));
                }
            }
        });
        if (targets.isEmpty()) {
            return List.of();
        }
        try {
            var script = Script.of("ways", "probe").with("targets", String.join("\n", targets.keySet()));
            var exit = ops.ground().host(from).run(script, line -> {});
            if (!exit.all("unable").isEmpty() || !exit.ok()) {
                unseen.put(from, Say.of("hosts.cables.unable"));
            }
            return read(exit, targets);
        } catch (Failure unreached) {
            unseen.put(from, unreached.what());
            return List.copyOf(targets.values());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Facts such as {@code open 10.0.0.1 9000 231}. */
    private static List<Cable> read(Exit exit, Map<String, Cable> targets) {
        var found = new LinkedHashMap<>(targets);
        Map.of("open", State.OPEN, "refused", State.REFUSED, "silent", State.FILTERED)
                .forEach((word, state) -> exit.all(word).forEach(fact -> {
                    var words = fact.split(" ");
                    var cable = words.length < 2 ? null : targets.get(words[0] + " " + words[1]);
                    if (cable != null) {
                        found.put(
                                words[0] + " " + words[1],
                                new Cable(
                                        cable.from(),
                                        cable.to(),
                                        cable.node(),
                                        cable.port(),
                                        state,
                                        words.length > 2
                                                ? OptionalLong.of(Long.parseLong(words[2]))
                                                : OptionalLong.empty()));
                    }
                }));
        return List.copyOf(found.values());
    }
}
