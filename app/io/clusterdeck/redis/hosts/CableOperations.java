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
import io.clusterdeck.ssh.Script;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Tries the ways from every host to both ports of every node elsewhere. Nodes that run are connected to and left again at once; where a
 * node does not run, nothing takes its place, which would hinder its start: its host's refusal is the answer. Changes nothing.
 */
public final class CableOperations {

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
            var down = where.keySet().stream()
                    .filter(n -> !n.answers())
                    .map(Node::address)
                    .collect(Collectors.toSet());
            return read(exit, targets, down);
        } catch (Failure unreached) {
            unseen.put(from, unreached.what());
            return List.copyOf(targets.values());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Facts such as {@code open 10.0.0.1 9000 231}. */
    static List<Cable> read(Exit exit, Map<String, Cable> targets, Set<NodeAddress> down) {
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
                                        state == State.REFUSED && down.contains(cable.node()) ? State.DOWN : state,
                                        words.length > 2
                                                ? OptionalLong.of(Long.parseLong(words[2]))
                                                : OptionalLong.empty()));
                    }
                }));
        return List.copyOf(found.values());
    }
}
