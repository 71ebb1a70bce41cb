package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Orderly stops and restarts: a master hands over first when a healthy replica exists; the last copy must come back whole. */
final class Ends {
    private final Ops ops;

    Ends(Ops ops) {
        this.ops = ops;
    }

    /** @param keep whether settings that live only in the server are written to its file first; else that is offered beside it */
    Offer offer(Closeup seen, Terms terms, boolean again, boolean keep) throws Failure, InterruptedException {
        var title = Say.of(
                again ? "nodes.plan.restart" : "nodes.plan.stop",
                "node",
                seen.node().address());
        return offer(seen, terms, again, keep, Keeping.of(ops, seen), title);
    }

    /** A restart from whose beginning on the node writes a log, in its data folder. */
    Offer logging(Closeup seen, Terms terms) throws Failure, InterruptedException {
        var node = seen.node().address();
        if (seen.site().log().isPresent()) {
            return Consents.refused(Say.of(
                    "nodes.log.has", "node", node, "path", seen.site().log().get()));
        }
        var path = seen.data() + "/redis.log";
        var keeping = Keeping.of(ops, seen).with(ops, new Unkept("logfile", path, ""));
        return offer(seen, terms, true, true, keeping, Say.of("nodes.plan.log", "node", node, "path", path));
    }

    private Offer offer(Closeup seen, Terms terms, boolean again, boolean keep, Keeping keeping, Say title)
            throws Failure, InterruptedException {
        if (!seen.answers()) {
            return Starts.hangs(seen);
        }
        var gone = again ? Starts.without(seen) : Optional.<Offer>empty();
        if (gone.isPresent()) {
            return gone.get();
        }
        var state = ops.now().get();
        var spec = ops.spec().get();
        var node = seen.node();
        boolean serves = serves(node);
        var heir = serves ? heir(seen, terms) : Optional.<Node>empty();
        var impact =
                heir.map(h -> Impact.handOver(state, node, h, true)).orElseGet(() -> Impact.death(state, node, terms));
        var written = keep ? keeping : again ? keeping.guarding() : keeping.nothing();
        var left = keep ? keeping.nothing() : again ? keeping.unguarding() : keeping;
        boolean lastCopy = heir.isEmpty() && (serves || impact.stake() == Stake.DATA);
        var less = lastCopy ? seen.less(true) : List.<Say>of();
        var shown = Ending.of(node, serves && heir.isEmpty(), takenOver(seen, impact));
        var ending = lastCopy && less.isEmpty() ? shown.whole(true) : shown;
        var plan = plan(seen, terms, again, heir, impact, ending, written, left, title);
        var name = node.address().toString();
        if (!less.isEmpty()) {
            return new Offer.Refused(
                    Say.of("nodes.refused.less", "node", node.address(), "why", less),
                    List.of(Say.of("nodes.cure.keep"), Say.of("nodes.cure.replica")),
                    List.of(Consents.ready(spec, plan, Stake.DATA, name)));
        }
        var ready = Consents.ready(spec, plan, impact.stake(), name);
        if (left.settings().isEmpty()) {
            return ready;
        }
        var kept = plan(seen, terms, again, heir, impact, ending, keeping, keeping.nothing(), title);
        return ready.beside(new Offer.Other(
                Say.of("nodes.other.keep"),
                Say.of(
                        "nodes.other.keep.why",
                        "path",
                        seen.site().conf(),
                        "n",
                        left.settings().size()),
                Consents.ready(spec, kept, impact.stake(), name)));
    }

    private Plan plan(
            Closeup seen,
            Terms terms,
            boolean again,
            Optional<Node> heir,
            Impact impact,
            Ending ending,
            Keeping written,
            Keeping left,
            Say title)
            throws Failure, InterruptedException {
        var node = seen.node();
        boolean serves = serves(node);
        var costs = new ArrayList<>(impact.says());
        if (heir.isPresent()) {
            costs.addAll(HandOver.costs(ops, heir.get(), node, terms));
        }
        costs.add(seen.saves());
        costs.addAll(written.kept());
        costs.addAll(left.costs());
        var plans = Plans.named(ops, (again ? "restart-" : "stop-") + seen.port(), title);
        plans.stage("settings", written.steps(ops));
        heir.ifPresent(h -> plans.stage(
                "hand-over",
                HandOver.of(ops, h.host().orElse(seen.site().host()), Addressed.of(h), Addressed.of(node), "", terms)));
        plans.stage("stop", ProcessStep.of(seen, "TERM", Duration.ZERO, true).whileStill(ops, ending));
        if (again) {
            var starts = new Starts(ops);
            plans.stage("start", starts.step(seen))
                    .stage("settle", starts.settle(seen, terms, heir.isEmpty() && serves));
        } else {
            after(ops, plans, seen, terms, heir.isEmpty() && takenOver(seen, impact));
        }
        return plans.costing(costs);
    }

    /** Whether a replica takes its slots over once it has died. */
    static boolean takenOver(Closeup seen, Impact impact) {
        return serves(seen.node()) && impact.stake() == Stake.SERVICE;
    }

    /** Whether slots are its. */
    static boolean serves(Node node) {
        return node.isMaster() && !node.slots().isEmpty();
    }

    /** How the others settle once it is gone; with nobody left to tell, the end of the process is the end. */
    static void after(Ops ops, Plans plans, Closeup seen, Terms terms, boolean takenOver) {
        var node = seen.node();
        boolean others =
                ops.now().get().nodes().values().stream().anyMatch(n -> n.answers() && !n.id().equals(node.id()));
        if (others) {
            var until = takenOver ? Settle.Until.TAKEN_OVER : Settle.Until.DOWN;
            plans.stage("settle", Settle.of(ops, seen.site().host(), node, until, -1, terms, 0));
        }
    }

    /** The replica that takes over first; none whose data the old master could not take back (an RDB of a newer release). */
    private Optional<Node> heir(Closeup seen, Terms terms) {
        return Successors.healthy(ops.now().get(), seen.node(), terms).stream()
                .filter(r -> Release.follows(r.info(), seen.lastInfo()))
                .findFirst();
    }
}
