package io.clusterdeck.redis.aof;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Closeup;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Plans;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Checks a node's append-only file where it lies, and offers cures in the order that loses least. May ask nodes and hosts; call off the FX thread. */
public final class AofOperations {
    private final Ops ops;
    private final Map<NodeId, AofReport> reports = new ConcurrentHashMap<>();

    public AofOperations(Ops ops) {
        this.ops = ops;
    }

    Ops ops() {
        return ops;
    }

    Map<NodeId, AofReport> reports() {
        return reports;
    }

    /** A plan with one step that only reads, and asks nothing; its result is {@link #lastReport}. */
    public Offer check(NodeId node) throws InterruptedException {
        try {
            var seen = seen(node);
            if (seen.isEmpty()) {
                return Consents.refused(Say.of("nodes.unknown-node", "node", node.brief()));
            }
            var place = AofPlace.args(ops, seen.get());
            var plan = Plans.named(
                            ops,
                            "check-aof-" + place.get("port"),
                            Say.of("aof.plan.check", "node", seen.get().node().address()))
                    .stage("check-aof", new Cures(ops, seen.get(), reports).check(false))
                    .costing(List.of(Say.of("aof.cost.check")));
            return new Offer.Ready(plan, new Consent.Plain());
        } catch (Failure failed) {
            return Consents.refused(failed);
        }
    }

    /** What the last check of this session found. */
    public Optional<AofReport> lastReport(NodeId node) {
        return Optional.ofNullable(reports.get(node));
    }

    /** Rewrite from memory, resync from the master, truncate with backup: best first, each ready or refused with the reason; none for a sound file. */
    public List<Offer> cures(AofReport report) throws InterruptedException {
        if (report.sound() || report.state() == AofReport.State.ABSENT) {
            return List.of();
        }
        var refused = Consents.readOnly(ops.spec().get());
        if (refused.isPresent()) {
            return List.of(refused.get());
        }
        try {
            var seen = seen(report.node());
            return seen.isPresent()
                    ? new Cures(ops, seen.get(), reports).all(report)
                    : List.of(Consents.refused(
                            Say.of("nodes.unknown-node", "node", report.node().brief())));
        } catch (Failure failed) {
            return List.of(Consents.refused(failed));
        }
    }

    private Optional<Closeup> seen(NodeId id) throws Failure, InterruptedException {
        var node = ops.now().get().node(id);
        return node.isPresent() ? Optional.of(Closeup.of(ops, node.get())) : Optional.empty();
    }
}
