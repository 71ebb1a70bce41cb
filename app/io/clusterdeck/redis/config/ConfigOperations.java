package io.clusterdeck.redis.config;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.nodes.Asking;
import io.clusterdeck.redis.nodes.Closeup;
import io.clusterdeck.redis.nodes.ConfFiles;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.redis.nodes.Keeping;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Plans;
import io.clusterdeck.redis.nodes.Together;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of a cluster's nodes: read, compared, set, and written to the files. Blocks; call off the FX thread.
 */
public final class ConfigOperations {
    /** What a running node must let us do, so that a directive of it can be set. */
    public static final List<String> SETS = List.of("CONFIG SET");

    private final Ops ops;

    public ConfigOperations(Ops ops) {
        this.ops = ops;
    }

    /** What every node runs and what its file says, read now, all nodes at once. */
    public Sheet look() throws InterruptedException {
        var nodes = List.copyOf(ops.now().get().nodes().values());
        return Reading.sheet(Instant.now(), Together.ask(nodes, this::read));
    }

    private Reading read(Node node) throws InterruptedException {
        Map<String, String> running = Map.of();
        Optional<Say> unheard = Optional.empty();
        try (var link = ops.links().act(node.address())) {
            running = Asking.wholeConfig(link);
            if (running.isEmpty()) {
                unheard = Optional.of(Say.of("config.unheard", "node", node.address()));
            }
        } catch (Failure silent) {
            unheard = Optional.of(silent.what());
        }
        var version = node.info().map(i -> i.version()).orElse("");
        var site = site(node);
        if (site.isEmpty()) {
            return new Reading(
                    node.id(),
                    running,
                    Optional.empty(),
                    version,
                    unheard,
                    List.of(Say.of("config.no-site", "node", node.address())));
        }
        try {
            var files = ConfFiles.read(ops.ground(), site.get(), version);
            return new Reading(node.id(), running, Optional.of(files.tree()), version, unheard, files.unread());
        } catch (Failure unreadable) {
            return new Reading(node.id(), running, Optional.empty(), version, unheard, List.of(unreadable.what()));
        }
    }

    /** Changes of passwords. */
    public Passwords passwords() {
        return new Passwords(ops);
    }

    /** Where a node lives; fails where that is not known. */
    static NodeSite site(Ops ops, Node node) throws NotAllowed {
        return ops.spec().get().sites().stream()
                .filter(s -> s.at(node.address()))
                .findFirst()
                .orElseThrow(() ->
                        new NotAllowed(Say.of("config.no-site", "node", node.address()), Say.of("nodes.no-site.next")));
    }

    private Optional<NodeSite> site(Node node) {
        return ops.spec().get().sites().stream()
                .filter(s -> s.at(node.address()))
                .findFirst();
    }

    /**
     * Sets a directive on running nodes and writes it to their files. On one node first: a value that a server refuses then changes
     * nothing anywhere else.
     *
     * @param value as it stands behind the directive in redis.conf, such as {@code 100mb} or {@code 900 1 300 10}
     */
    public Offer set(Collection<NodeId> nodes, String directive, String value) throws InterruptedException {
        var readOnly = Consents.readOnly(ops.spec().get());
        return readOnly.isPresent()
                ? readOnly.get()
                : new Setting(ops, Directive.name(directive), value.strip()).offer(chosen(nodes));
    }

    private List<Node> chosen(Collection<NodeId> ids) {
        return ops.now().get().nodes().values().stream()
                .filter(n -> ids.contains(n.id()))
                .toList();
    }

    /** Writes what lives only in the running servers to their files. */
    public Offer keep(Collection<NodeId> nodes) throws InterruptedException {
        var readOnly = Consents.readOnly(ops.spec().get());
        if (readOnly.isPresent()) {
            return readOnly.get();
        }
        var why = new ArrayList<Say>();
        var writes = new ArrayList<Step>();
        for (var one : Together.ask(chosen(nodes), this::keeping)) {
            one.why().ifPresent(why::add);
            writes.addAll(one.steps());
        }
        var shared = Shared.of(writes);
        why.addAll(shared.contested());
        var steps = shared.steps();
        if (steps.isEmpty()) {
            return why.isEmpty()
                    ? Consents.already(Say.of("config.nothing-to-keep"))
                    : Consents.refused(Say.of("config.keep-impossible", "why", why), Say.of("nodes.refused.some.next"));
        }
        var costs = new ArrayList<Say>(List.of(Say.of("config.cost.kept", "n", steps.size())));
        costs.addAll(shared.costs());
        if (!why.isEmpty()) {
            costs.add(Say.of("nodes.impact.left-out", "why", why));
        }
        var plan = Plans.named(ops, "keep-settings", Say.of("config.plan.keep", "n", steps.size()))
                .stage("settings", steps)
                .costing(costs);
        return Consents.ready(
                ops.spec().get(), plan, Stake.NOTHING, ops.spec().get().name());
    }

    private record Kept(List<Step> steps, Optional<Say> why) {}

    private Kept keeping(Node node) throws InterruptedException {
        try {
            var keeping = Keeping.of(ops, Closeup.of(ops, node));
            return new Kept(keeping.settings().isEmpty() ? List.of() : keeping.steps(ops), keeping.why());
        } catch (Failure unseen) {
            return new Kept(List.of(), Optional.of(unseen.what()));
        }
    }
}
