package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Stops and starts a whole cluster. */
final class AllNodes {
    private final Ops ops;

    AllNodes(Ops ops) {
        this.ops = ops;
    }

    /** What was found of some nodes, and why others could not be looked at. */
    private record Seen(List<Keeping> all, List<Say> failures) {}

    Offer stop() throws InterruptedException {
        var state = ops.now().get();
        var running = state.nodes().values().stream()
                .filter(n -> !(n.contact() instanceof Contact.Gone))
                .toList();
        var seen = look(running);
        var why = new ArrayList<>(seen.failures);
        for (var k : seen.all) {
            var s = k.seen();
            NodeOperations.strange(s)
                    .or(() -> s.answers() ? Optional.empty() : Optional.of(Starts.hangs(s)))
                    .ifPresent(o -> why.add(((Offer.Refused) o).why()));
        }
        if (!why.isEmpty() || seen.all.isEmpty()) {
            if (why.isEmpty()) {
                return Consents.refused(Say.of(unheard(state) ? "nodes.none-heard" : "nodes.none-runs"));
            }
            return Consents.refused(Say.of("nodes.refused.some", "why", why), Say.of("nodes.refused.some.next"));
        }
        var masters = new ArrayList<Step>();
        var replicas = new ArrayList<Step>();
        var less = new ArrayList<Say>();
        var lost = new ArrayList<String>();
        var all = seen.all.stream().map(k -> k.seen().node()).toList();
        for (var k : seen.all) {
            var s = k.seen();
            boolean master = s.node().isMaster();
            var unloaded = master ? s.less(true) : List.<Say>of();
            unloaded.forEach(l -> less.add(Say.of("nodes.at", "node", s.node().address(), "what", l)));
            var ending = Ending.of(s.node(), master, false).together(all);
            (master ? masters : replicas)
                    .add(ProcessStep.of(s, "TERM", Duration.ZERO, true)
                            .whileStill(ops, master && unloaded.isEmpty() ? ending.whole(true) : ending));
            k.shown().forEach(l -> lost.add(s.node().address() + " " + l));
        }
        var costs = new ArrayList<Say>();
        costs.add(Say.of(
                "nodes.impact.all",
                "n",
                seen.all.size(),
                "slots",
                state.owners().covered()));
        seen.all.stream().map(k -> k.seen().saves()).distinct().forEach(costs::add);
        if (!lost.isEmpty()) {
            costs.add(Say.of("nodes.impact.config-lost", "settings", lost));
        }
        var plan = Plans.named(ops, "stop-all", Say.of("nodes.plan.stop-all", "n", seen.all.size()))
                .stage("replicas", replicas)
                .stage("masters", masters)
                .costing(costs);
        var ready = Consents.ready(
                ops.spec().get(), plan, Stake.DATA, ops.spec().get().name());
        return less.isEmpty()
                ? ready
                : new Offer.Refused(
                        Say.of("nodes.refused.all-less", "why", less),
                        List.of(Say.of("nodes.cure.keep")),
                        List.of(ready));
    }

    /** Whether some addresses have not told yet whether anybody is there: then nothing can be said of the nodes. */
    private boolean unheard(ClusterState state) {
        if (!state.nodes().isEmpty()
                || state.health().stream().anyMatch(f -> f.rule().equals(ClusterState.STOPPED))) {
            return false;
        }
        long away = state.health().stream()
                .filter(f -> f.rule().equals("nobody-there"))
                .count();
        return away < Math.max(1, ops.spec().get().sites().size());
    }

    Offer start() throws InterruptedException {
        var left = ops.now().get().health().stream()
                .filter(f -> f.rule().equals(ClusterState.LEFT_OVER))
                .findFirst();
        if (left.isPresent()) {
            return Consents.refused(left.get().title(), left.get().next());
        }
        var answering = NodeOperations.answering(ops);
        var down = down(answering);
        if (down.isEmpty()) {
            return answering.isEmpty()
                    ? Consents.refused(Say.of("nodes.none-known"))
                    : Consents.already(Say.of("nodes.all-run"));
        }
        var starts = new Starts(ops);
        var seen = look(down);
        var why = new ArrayList<>(seen.failures);
        var able = new ArrayList<Closeup>();
        var edits = new SharedEdits();
        var guarded = new ArrayList<Say>();
        var less = new ArrayList<Say>();
        var close = seen.all.stream().map(k -> known(k.seen())).toList();
        for (int i = 0; i < close.size(); i++) {
            var found = seen.all.get(i);
            var s = close.get(i);
            starts.hindered(s).ifPresentOrElse(o -> why.add(((Offer.Refused) o).why()), () -> {
                var guard = found.guarding();
                var other = edits.take(
                        guard.steps(ops).stream().map(KeepStep.class::cast).toList());
                if (other.isPresent()) {
                    why.add(Say.of(
                            "nodes.refused.shared-file",
                            "node",
                            s.node().address(),
                            "path",
                            other.get().path(),
                            "step",
                            other.get().title()));
                    return;
                }
                able.add(s);
                guarded.addAll(starts.guarded(s, guard));
                Stream.concat(starts.less(s).stream(), FromFiles.less(s, replicas(s, close)).stream())
                        .forEach(l ->
                                less.add(Say.of("nodes.at", "node", s.node().address(), "what", l)));
            });
        }
        if (able.isEmpty()) {
            return Consents.refused(Say.of("nodes.refused.some", "why", why), Say.of("nodes.refused.some.next"));
        }
        var terms = Settings.terms(ops, Map.of());
        var costs = new ArrayList<Say>();
        costs.add(Say.of("nodes.impact.start-all", "n", able.size()));
        if (!why.isEmpty()) {
            costs.add(Say.of("nodes.impact.left-out", "why", why));
        }
        guarded.stream().distinct().forEach(costs::add);
        var plan = Plans.named(ops, "start-all", Say.of("nodes.plan.start-all", "n", able.size()))
                .stage("settings", edits.all())
                .stage("start", able.stream().map(starts::step).toList())
                .stage(
                        "settle",
                        able.stream()
                                .map(s -> starts.settle(s, terms, s.node().isMaster()))
                                .toList())
                .costing(costs);
        var ready = Consents.ready(
                ops.spec().get(),
                plan,
                less.isEmpty() ? Stake.NOTHING : Stake.DATA,
                ops.spec().get().name());
        return less.isEmpty()
                ? ready
                : new Offer.Refused(
                        Say.of("nodes.refused.all-start-less", "why", less),
                        List.of(Say.of("nodes.cure.newest"), Say.of("nodes.cure.files")),
                        List.of(ready));
    }

    private static List<Closeup> replicas(Closeup master, List<Closeup> all) {
        return all.stream()
                .filter(c ->
                        c.node().master().filter(master.node().id()::equals).isPresent())
                .toList();
    }

    /** Nodes that are known and do not answer, and sites of which no node is known, as after a start with everything down. */
    private List<Node> down(Set<NodeId> answering) {
        var state = ops.now().get();
        var nodes = new ArrayList<>(state.nodes().values().stream()
                .filter(n -> !answering.contains(n.id()))
                .toList());
        for (var site : ops.spec().get().sites()) {
            if (state.nodes().values().stream().noneMatch(n -> n.address().equals(site.address()))) {
                nodes.add(unseen(site));
            }
        }
        return nodes;
    }

    private static Node unseen(NodeSite site) {
        return new Node(
                new NodeId(""),
                site.address(),
                Optional.of(site.host()),
                Role.REPLICA,
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                Set.of(),
                Set.of(),
                0,
                false,
                new Contact.Unknown(),
                Optional.empty(),
                Map.of());
    }

    /** A node that nobody told of yet is what its own nodes.conf says. */
    private static Closeup known(Closeup seen) {
        var n = seen.node();
        var own = n.id().value().isEmpty() ? Starts.myself(seen) : Optional.<io.clusterdeck.redis.model.NodeRow>empty();
        return own.map(r -> new Closeup(
                        new Node(
                                r.id(),
                                n.address(),
                                n.host(),
                                r.role(),
                                r.master(),
                                r.slots(),
                                Map.of(),
                                Map.of(),
                                r.flags(),
                                Set.of(),
                                r.epoch(),
                                false,
                                n.contact(),
                                Optional.empty(),
                                Map.of()),
                        seen.site(),
                        seen.live(),
                        seen.config(),
                        seen.process(),
                        seen.file(),
                        seen.start(),
                        seen.missing(),
                        seen.confFound(),
                        seen.files(),
                        seen.foreign()))
                .orElse(seen);
    }

    /** All at once: an exec over SSH costs a tenth of a second. */
    private Seen look(Collection<Node> nodes) throws InterruptedException {
        var found = new ArrayList<Keeping>();
        var failures = new ArrayList<Say>();
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("closeup-", 0).factory())) {
            var asked = new ArrayList<Future<Keeping>>();
            for (var n : nodes) {
                asked.add(threads.submit(() -> Keeping.of(ops, Closeup.of(ops, n))));
            }
            for (var one : asked) {
                try {
                    found.add(one.get());
                } catch (ExecutionException failed) {
                    if (!(failed.getCause() instanceof Failure why)) {
                        throw new IllegalStateException(failed.getCause());
                    }
                    failures.add(why.what());
                } catch (InterruptedException stop) {
                    threads.shutdownNow();
                    throw stop;
                }
            }
        }
        return new Seen(found, failures);
    }
}
