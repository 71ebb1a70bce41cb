package io.clusterdeck.deck;

import io.clusterdeck.redis.config.Drift;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.nodes.Closeup;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.HostSpec;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at nodes from their hosts: where process and files are, by which word a node knows CONFIG, and how full its disk is. */
final class NodeLook {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLook.class);

    private final Ops ops;
    private final Gauges gauges;
    private final Unmatched unmatched;
    private final Function<HostSpec, HostSight> sights;

    /** Nodes whose files were asked how CONFIG is called. */
    private final Set<NodeId> renames = ConcurrentHashMap.newKeySet();
    /** What was asked of how nodes run: once each, since a host may ask a person before it tells. */
    private final Set<String> runs = ConcurrentHashMap.newKeySet();

    NodeLook(Ops ops, Gauges gauges, Unmatched unmatched, Function<HostSpec, HostSight> sights) {
        this.ops = ops;
        this.gauges = gauges;
        this.unmatched = unmatched;
        this.sights = sights;
    }

    /** Whether each node of a state has a known place. */
    boolean matched(ClusterState state) {
        return !state.nodes().isEmpty()
                && state.nodes().values().stream()
                        .allMatch(n -> site(n.address()).isPresent());
    }

    /** Whether each node that answers told its settings; of one that refused, its file was asked by which word it knows CONFIG. */
    boolean asked(ClusterState state) {
        return state.nodes().values().stream()
                .filter(Node::answers)
                .allMatch(n -> !Drift.told(n).isEmpty() || renames.contains(n.id()));
    }

    /** One that answers: its clock, and what its host tells, where that is known and could be reached. */
    void look(Node node) throws InterruptedException {
        gauges.readClock(node);
        var host = host(node.address());
        if (host.isEmpty()) {
            return;
        }
        var sight = sights.apply(host.get());
        var away = sight.away();
        if (away.isPresent()) {
            unmatched.node(node.id(), Closeup.guessed(node, host.get().name(), away.get()));
            return;
        }
        try {
            fromHost(node);
        } catch (Failure unseen) {
            HostSight.refusal(unseen)
                    .or(() -> HostSight.refusal(unseen.getCause()))
                    .ifPresent(sight::failed);
            unmatched.node(node.id(), unseen);
            LOG.debug("{} can't be seen from its host: {}", node.address(), unseen.what());
        }
    }

    private void fromHost(Node node) throws Failure, InterruptedException {
        if (site(node.address()).isEmpty()
                || unlearned(node)
                || node.refused().containsKey("CONFIG GET") && renames.add(node.id())) {
            Closeup.of(ops, node); // tells Ops.learn what it found, and the links renamed commands
        }
        unmatched.forget(node.id());
        var site = site(node.address());
        if (site.isPresent()) {
            gauges.readDisk(node, site.get());
        }
    }

    /** Where it was found, else the host that has its address. */
    private Optional<HostSpec> host(NodeAddress address) {
        var hosts = ops.spec().get().hosts();
        var found = site(address).map(NodeSite::host);
        return hosts.stream()
                .filter(h ->
                        found.map(h.name()::equals).orElseGet(() -> h.address().equals(address.host())))
                .findFirst();
    }

    /** Whether it is not known how it runs, or no longer so: what is needed to start it once it is dead. */
    private boolean unlearned(Node node) {
        return site(node.address()).filter(s -> s.knows(node)).isEmpty()
                && runs.add(node.id()
                        + node.info().flatMap(i -> i.text("aof_enabled")).orElse(""));
    }

    private Optional<NodeSite> site(NodeAddress address) {
        return ops.spec().get().sites().stream().filter(s -> s.at(address)).findFirst();
    }
}
