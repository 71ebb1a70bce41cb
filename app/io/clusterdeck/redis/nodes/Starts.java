package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.model.ClusterNodesParser;
import io.clusterdeck.redis.model.LastRun;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.redis.nodes.ProcessFacts.Presence;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers to start nodes that are down: refused where the start would load less than there was, and others would follow it. */
public final class Starts {
    private static final Logger LOG = LoggerFactory.getLogger(Starts.class);

    private final Ops ops;

    public Starts(Ops ops) {
        this.ops = ops;
    }

    /** Of a node that does not answer. */
    Offer start(Closeup seen, Terms terms) throws Failure, InterruptedException {
        var node = seen.node();
        var hindered = hindered(seen);
        if (hindered.isPresent()) {
            return hindered.get();
        }
        var guard = Keeping.of(ops, seen).guarding();
        var plan = Plans.named(ops, "start-" + seen.port(), Say.of("nodes.plan.start", "node", node.address()))
                .stage("settings", guard.steps(ops))
                .stage("start", step(seen))
                .stage("settle", settle(seen, terms, true))
                .costing(costs(seen, guard));
        var less = closer(seen, less(seen));
        if (!less.isEmpty()) {
            var heir = FromReplicas.fullest(replicas(seen));
            return new Offer.Refused(
                    Say.of("nodes.refused.start-less", "node", node.address(), "why", less),
                    List.of(
                            heir.map(h -> Say.of("nodes.cure.force-to", "replica", h.address()))
                                    .orElseGet(() -> Say.of("nodes.cure.force")),
                            Say.of("nodes.cure.files")),
                    List.of(Consents.ready(
                            ops.spec().get(), plan, Stake.DATA, node.address().toString())));
        }
        return Consents.ready(
                ops.spec().get(), plan, Stake.NOTHING, node.address().toString());
    }

    /** Why it can't be started at all. */
    Optional<Offer> hindered(Closeup seen) {
        var node = seen.node();
        var p = seen.process();
        if (p.presence() != Presence.GONE
                && !(p.presence() == Presence.OTHER && Beside.can(seen.file().binds(), p.held()))) {
            return Optional.of(hangs(seen));
        }
        if (!seen.confFound()) {
            return Optional.of(Consents.refused(
                    Say.of("nodes.reload.no-conf", "path", seen.site().conf()), Say.of("nodes.no-site.next")));
        }
        var gone = without(seen);
        if (gone.isPresent()) {
            return gone;
        }
        var own = myself(seen);
        if (own.isPresent() && !own.get().id().equals(node.id())) {
            return Optional.of(Consents.refused(
                    Say.of(
                            "nodes.other-node",
                            "path",
                            seen.data(),
                            "id",
                            own.get().id().brief(),
                            "node",
                            node.address()),
                    Say.of("nodes.no-site.next")));
        }
        return Optional.empty();
    }

    /** A file that its configuration includes is not there: it would not start. */
    static Optional<Offer> without(Closeup seen) {
        return seen.missing().stream()
                .findFirst()
                .map(path -> Consents.refused(
                        Say.of(
                                "nodes.include.missing",
                                "path",
                                path,
                                "conf",
                                seen.site().conf()),
                        Say.of("nodes.include.missing.next", "path", path)));
    }

    /** Its process is there and answers nothing: neither a start nor an orderly stop would come to an end. */
    public static Offer hangs(Closeup seen) {
        var p = seen.process();
        if (p.presence() == Presence.OTHER) {
            return otherFolder(seen);
        }
        return Consents.refused(
                Say.of("nodes.hangs", "node", seen.node().address(), "pid", p.pid(), "state", p.state()),
                Say.of(p.state().equals("T") ? "nodes.hangs.stopped" : "nodes.hangs.next", "pid", p.pid()));
    }

    /** A process in another folder holds its port: it is not the node's, and the node could not listen. */
    static Offer otherFolder(Closeup seen) {
        return Consents.refused(
                Say.of(
                        "nodes.process.other-holds",
                        "port",
                        seen.port(),
                        "path",
                        seen.site().directory()),
                Say.of("nodes.process.other-holds.next"));
    }

    /** What it would load less, where that matters: while the others still take it for the owner of slots. */
    List<Say> less(Closeup seen) {
        if (!owns(seen)) {
            return List.of();
        }
        var less = new ArrayList<>(seen.less(false));
        less.addAll(FromReplicas.less(
                replicas(seen),
                seen.lastInfo(),
                seen.site().lastRun().flatMap(LastRun::appends),
                seen.file(),
                seen.files()));
        return less;
    }

    /** Without what a closer look at a replica shows to be pings only. */
    private List<Say> closer(Closeup seen, List<Say> less) throws Failure, InterruptedException {
        var pings = less.stream()
                .filter(l -> l.key().equals("nodes.reload.dump-short"))
                .findFirst();
        var fullest = FromReplicas.fullest(replicas(seen));
        if (pings.isEmpty()
                || fullest.isEmpty()
                || !FromReplicas.unchanged(Closeup.of(ops, fullest.get()), seen.files())) {
            return less;
        }
        return less.stream().filter(l -> !l.equals(pings.get())).toList();
    }

    private List<Node> replicas(Closeup seen) {
        return ops.now().get().replicasOf(seen.node().id());
    }

    private static boolean owns(Closeup seen) {
        return seen.node().isMaster() && !seen.node().slots().isEmpty();
    }

    private List<Say> costs(Closeup seen, Keeping guard) {
        var costs = new ArrayList<>(List.of(comesBack(seen)));
        costs.addAll(guarded(seen, guard));
        return costs;
    }

    /** What is written to its files before a start, so that it comes back guarded as it was. */
    public List<Step> guarding(Closeup seen) throws Failure, InterruptedException {
        return Keeping.of(ops, seen).guarding().steps(ops);
    }

    /** How it is kept from strangers when it starts, where its file alone does not do so. */
    List<Say> guarded(Closeup seen, Keeping guard) {
        return guard.settings().isEmpty() && seen.file().open() && !ops.links().anonymous()
                ? List.of(Say.of("nodes.impact.starts-open", "node", seen.node().address()))
                : guard.kept();
    }

    private Say comesBack(Closeup seen) {
        var node = seen.node();
        return owns(seen)
                ? Say.of("nodes.impact.back-master", "node", node.address(), "slots", node.slotCount())
                : Say.of("nodes.impact.back-replica", "node", node.address());
    }

    /** The step that starts it, from the folder in which its relative paths mean what they meant. */
    public StartStep step(Closeup seen) {
        return StartStep.of(ops, seen, seen.start());
    }

    /** @param owner whether it comes back as the owner of its slots, so that its keys are counted */
    public Settle settle(Closeup seen, Terms terms, boolean owner) {
        long keys = owner
                ? seen.lastInfo()
                        .map(i -> Reload.keys(i) - Reload.expires(i))
                        .orElseGet(() -> FromReplicas.keys(replicas(seen)).orElse(-1))
                : -1;
        return Settle.of(ops, seen.site().host(), seen.node(), Settle.Until.JOINED, keys, terms, 0);
    }

    /** What its nodes.conf says of itself. */
    static Optional<NodeRow> myself(Closeup seen) {
        if (seen.files().myself().isEmpty()) {
            return Optional.empty();
        }
        try {
            return new ArrayList<>(ClusterNodesParser.parse(seen.files().myself()))
                    .stream().findFirst();
        } catch (UnexpectedOutput torn) {
            LOG.warn("nodes.conf of {} can't be read", seen.node().address(), torn);
            return Optional.empty();
        }
    }
}
