package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.redis.nodes.ProcessFacts.Presence;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Kill, start, stop, restart: each answers with a plan that is shown before it runs, or with the reason why not. May ask the node; call off the FX thread. */
public final class NodeOperations {
    private final Ops ops;
    private final Beyond beyond;

    /** What follows from a loss beyond what it does itself: the worst case, what moves then, and what must not go next. */
    @FunctionalInterface
    public interface Beyond {
        List<Say> of(ClusterState state, Node lost, Terms terms);
    }

    public NodeOperations(Ops ops, Beyond beyond) {
        this.ops = ops;
        this.beyond = beyond;
    }

    /** How a process is killed. */
    public sealed interface Signal {
        record Kill() implements Signal {}

        record Term() implements Signal {}

        /** SIGSTOP, with a timer on the host that sends SIGCONT after {@code pause}. */
        record Stop(Duration pause) implements Signal {}
    }

    @FunctionalInterface
    private interface Making {
        Offer of(Closeup seen, Terms terms) throws Failure, InterruptedException;
    }

    /** What it would cost to lose a node now, without any plan to do so. Empty when the node is not known. */
    public Optional<Impact> death(NodeId node) throws InterruptedException {
        var found = ops.now().get().node(node);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var terms = Settings.terms(ops, java.util.Map.of());
        var state = ops.now().get();
        var death = Impact.death(state, found.get(), terms);
        var says = new ArrayList<>(death.says());
        says.addAll(beyond.of(state, found.get(), terms));
        return Optional.of(new Impact(says, death.stake()));
    }

    public Offer kill(NodeId node, Signal signal) throws InterruptedException {
        return running(node, (seen, terms) -> signalled(seen, terms, signal));
    }

    private Offer signalled(Closeup seen, Terms terms, Signal signal) throws Failure, InterruptedException {
        var state = ops.now().get();
        var node = seen.node();
        var pause = signal instanceof Signal.Stop(var p) ? p : Duration.ZERO;
        var impact =
                pause.isZero() ? Impact.death(state, node, terms) : Impact.pause(state, node, terms, pause.toMillis());
        var costs = new ArrayList<>(impact.says());
        if (pause.isZero() || pause.toMillis() > terms.nodeTimeout()) {
            Lately.of(ops, node, terms).ifPresent(costs::add);
            costs.addAll(beyond.of(state, node, terms));
        }
        var ending = Ending.of(node, Ends.serves(node), Ends.takenOver(seen, impact));
        var title = Say.of(
                switch (signal) {
                    case Signal.Kill k -> "nodes.plan.kill";
                    case Signal.Term t -> "nodes.plan.term";
                    case Signal.Stop s -> "nodes.plan.pause";
                },
                "node",
                node.address(),
                "t",
                pause.toMillis());
        var word = signal instanceof Signal.Kill ? "KILL" : signal instanceof Signal.Term ? "TERM" : "STOP";
        boolean graceful = signal instanceof Signal.Term;
        var revives = seen.process().revives(graceful);
        if (graceful) {
            costs.add(seen.saves());
        }
        if (pause.isZero()) {
            revives.ifPresent(costs::add);
            costs.addAll(Keeping.of(ops, seen).costs());
            if (!graceful || impact.stake() == Stake.DATA) {
                var less = seen.less(graceful);
                less.stream().limit(1).forEach(l -> costs.add(Say.of("nodes.impact.start-less", "why", l)));
                if (less.isEmpty() && impact.stake() == Stake.DATA) {
                    ending = ending.whole(graceful);
                }
            }
        }
        var plans = Plans.named(ops, word.toLowerCase(java.util.Locale.ROOT) + "-" + seen.port(), title)
                .stage("signal", ProcessStep.of(seen, word, pause, false).whileStill(ops, ending));
        if (pause.isZero() && revives.isEmpty()) {
            Ends.after(ops, plans, seen, terms, Ends.takenOver(seen, impact));
        } else { // it comes back, perhaps before anybody could take over
            plans.stage("settle", Settle.of(ops, on(seen), node, Settle.Until.JOINED, -1, terms, pause.toMillis()));
        }
        return Consents.ready(
                ops.spec().get(),
                plans.costing(costs),
                impact.stake(),
                node.address().toString());
    }

    public Offer start(NodeId node) throws InterruptedException {
        return seen(node, (seen, terms) -> {
            if (seen.answers()) {
                return Consents.already(
                        Say.of("nodes.runs-already", "node", seen.node().address()));
            }
            return new Starts(ops).start(seen, terms);
        });
    }

    public Offer stop(NodeId node) throws InterruptedException {
        return running(node, (seen, terms) -> new Ends(ops).offer(seen, terms, false, false));
    }

    public Offer restart(NodeId node) throws InterruptedException {
        return restart(node, false);
    }

    /** @param keep whether settings that live only in the server are written to its file first; else that is offered beside it */
    public Offer restart(NodeId node, boolean keep) throws InterruptedException {
        return running(node, (seen, terms) -> new Ends(ops).offer(seen, terms, true, keep));
    }

    /** Lets a node that writes no log write one from a restart on, in its data folder; refused where it has one. */
    public Offer giveLog(NodeId node) throws InterruptedException {
        return running(node, (seen, terms) -> new Ends(ops).logging(seen, terms));
    }

    /** Replicas first, then masters. */
    public Offer stopAll() throws InterruptedException {
        var refused = Consents.readOnly(ops.spec().get());
        return refused.isPresent() ? refused.get() : new AllNodes(ops).stop();
    }

    /** Every node that does not run. */
    public Offer startAll() throws InterruptedException {
        var refused = Consents.readOnly(ops.spec().get());
        return refused.isPresent() ? refused.get() : new AllNodes(ops).start();
    }

    private Offer seen(NodeId id, Making making) throws InterruptedException {
        var refused = Consents.readOnly(ops.spec().get());
        if (refused.isPresent()) {
            return refused.get();
        }
        var node = ops.now().get().node(id);
        if (node.isEmpty()) {
            return Consents.refused(Say.of("nodes.unknown-node", "node", id.brief()));
        }
        try {
            var seen = Closeup.of(ops, node.get());
            return making.of(seen, Settings.terms(ops, seen.config()));
        } catch (Failure failed) {
            return Consents.refused(failed);
        }
    }

    /** What needs a process: one that is there, may be looked at, and holds the port that the node says it holds. */
    private Offer running(NodeId id, Making making) throws InterruptedException {
        return seen(
                id, (seen, terms) -> strange(seen).isPresent() ? strange(seen).get() : making.of(seen, terms));
    }

    /** What hinders any action on its process, if anything does. */
    public static Optional<Offer> strange(Closeup seen) {
        var p = seen.process();
        var node = seen.node().address();
        if (p.presence() == Presence.GONE) {
            return Optional.of(Consents.refused(
                    Say.of(
                            "nodes.not-running",
                            "node",
                            node,
                            "host",
                            seen.site().host()),
                    Say.of(seen.answers() ? "nodes.not-running.elsewhere" : "nodes.not-running.next")));
        }
        if (p.presence() == Presence.OTHER) {
            return Optional.of(Starts.otherFolder(seen));
        }
        if (p.presence() == Presence.HIDDEN) {
            return Optional.of(Consents.refused(
                    Say.of("nodes.process.hidden", "pid", p.pid(), "port", seen.port()),
                    Say.of("nodes.process.hidden.next")));
        }
        if (!p.listens()) {
            return Optional.of(Consents.refused(
                    Say.of("nodes.process.other-port", "pid", p.pid(), "port", seen.port(), "exe", p.exe()),
                    Say.of("nodes.process.other-port.next")));
        }
        return Optional.empty();
    }

    private static io.clusterdeck.ssh.HostName on(Closeup seen) {
        return seen.site().host();
    }

    /** Node ids that answer now. */
    static Set<NodeId> answering(Ops ops) {
        return ops.now().get().nodes().values().stream()
                .filter(n -> n.contact() instanceof Contact.Answers)
                .map(Node::id)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }
}
