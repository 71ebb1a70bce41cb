package io.clusterdeck.redis.aof;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Closeup;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.Ending;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Plans;
import io.clusterdeck.redis.nodes.ProcessFacts;
import io.clusterdeck.redis.nodes.ProcessStep;
import io.clusterdeck.redis.nodes.Settings;
import io.clusterdeck.redis.nodes.Starts;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cures of one damaged append-only file, in the order that loses least. A broken byte at a tenth of a file costs nine tenths
 * when it is cut, and nothing when a running server writes it anew from memory.
 */
final class Cures {
    private static final long TYPED_BYTES = 1 << 20;
    private static final double TYPED_SHARE = 0.01;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Ops ops;
    private final Closeup seen;
    private final Map<NodeId, AofReport> reports;
    private final Node node;
    private final String stamp = LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);

    Cures(Ops ops, Closeup seen, Map<NodeId, AofReport> reports) {
        this.ops = ops;
        this.seen = seen;
        this.reports = reports;
        this.node = seen.node();
    }

    List<Offer> all(AofReport report) throws Failure, InterruptedException {
        var terms = Settings.terms(ops, seen.config());
        return List.of(rewrite(), resync(terms), truncate(report, terms));
    }

    AofCheck check(boolean cured) {
        var args = new LinkedHashMap<>(AofPlace.args(ops, seen));
        args.put("since", Instant.now().toString());
        args.put("cured", cured ? "yes" : "no");
        return new AofCheck(
                new StepId((cured ? "recheck-aof/" : "check-aof/") + node.address()),
                seen.site().host(),
                new StepSpec(AofCheck.KIND, args),
                reports);
    }

    private AofCure cure(String act) {
        return new AofCure(
                new StepId(act + "-aof/" + node.address()), seen.site().host(), new StepSpec(AofCure.KIND, args(act)));
    }

    private Map<String, String> args(String act) {
        var args = new LinkedHashMap<>(AofPlace.args(ops, seen));
        args.put("act", act);
        args.put("stamp", stamp);
        return args;
    }

    private Plans plan(String kind) {
        return Plans.named(ops, kind + "-aof-" + seen.port(), Say.of("aof.plan." + kind, "node", node.address()));
    }

    private Offer.Ready ready(Plan plan, Stake stake) {
        return Consents.ready(ops.spec().get(), plan, stake, node.address().toString());
    }

    /** From memory: nothing is lost and nothing stops. */
    private Offer rewrite() {
        if (!seen.answers()) {
            return Consents.refused(Say.of("aof.rewrite.down", "node", node.address()));
        }
        var info = seen.live().orElseThrow();
        if (info.text("aof_enabled").filter("1"::equals).isEmpty()) {
            return Consents.refused(Say.of("aof.rewrite.off", "node", node.address()), Say.of("aof.rewrite.off.next"));
        }
        var refused = Consents.refuses(node, List.of("BGREWRITEAOF"));
        if (refused.isPresent()) {
            return refused.get();
        }
        long memory = info.number("used_memory").orElse(0);
        var plan = plan("rewrite")
                .stage("keep", cure("keep"))
                .stage(
                        "rewrite",
                        new Rewrite(
                                new StepId("rewrite-aof/" + node.address()),
                                seen.site().host(),
                                new StepSpec(Rewrite.KIND, args("rewrite")),
                                ops))
                .stage("check-aof", check(true))
                .costing(List.of(Say.of("aof.cost.rewrite", "memory", memory), Say.of("aof.cost.kept")));
        long free = seen.files().freeBytes();
        return free < memory
                ? new Offer.Refused(
                        Say.of("aof.rewrite.no-space", "free", free, "memory", memory),
                        List.of(Say.of("aof.rewrite.no-space.next")),
                        List.of(ready(plan, Stake.SERVICE)))
                : ready(plan, Stake.NOTHING);
    }

    /** From the master: set aside, started as a replica, fetched whole. */
    private Offer resync(Terms terms) throws Failure, InterruptedException {
        if (owner()) {
            return Consents.refused(
                    Say.of("aof.resync.owner", "node", node.address(), "slots", node.slotCount()),
                    Say.of(seen.answers() ? "aof.resync.owner.up" : "aof.resync.owner.down"));
        }
        if (hangs()) {
            return Starts.hangs(seen);
        }
        var source = source();
        if (source.isEmpty()) {
            return Consents.refused(
                    Say.of("aof.resync.no-master", "node", node.address()), Say.of("aof.resync.no-master.next"));
        }
        var starts = new Starts(ops);
        var plans = plan("resync");
        plans.stage("settings", starts.guarding(seen));
        if (seen.process().found()) {
            plans.stage("stop", stop());
        }
        var costs = new ArrayList<Say>();
        costs.add(
                node.master().isPresent()
                        ? Say.of(
                                "aof.cost.resync",
                                "node",
                                node.address(),
                                "master",
                                source.get().address())
                        : Say.of("aof.cost.resync-winner", "node", node.address()));
        costs.add(Say.of("aof.cost.kept"));
        var plan = plans.stage("aside", cure("aside"))
                .stage("start", starts.step(seen))
                .stage("settle", starts.settle(seen, terms, false))
                .stage("check-aof", check(true))
                .costing(costs);
        return ready(plan, seen.process().found() ? Stake.SERVICE : Stake.NOTHING);
    }

    /** It does not answer, and yet its process is there and may hold everything in memory; or another holds its port. */
    private boolean hangs() {
        return !seen.answers() && seen.process().presence() != ProcessFacts.Presence.GONE;
    }

    private ProcessStep stop() {
        return ProcessStep.of(seen, "TERM", Duration.ZERO, true).whileStill(ops, Ending.of(node, owner(), false));
    }

    /** The others take it for the owner of slots: what it loads is what the shard has. */
    private boolean owner() {
        return node.isMaster() && !node.slots().isEmpty();
    }

    /** The master from which it can fetch everything; for a master that was replaced while it was down, whoever it was that won. */
    private Optional<Node> source() {
        var state = ops.now().get();
        if (node.master().isPresent()) {
            return node.master().flatMap(state::node).filter(m -> m.answers() && m.isMaster() && !m.failed());
        }
        boolean covered = state.owners().covered() == io.clusterdeck.redis.model.SlotRange.SLOTS;
        // the winner can't be told from here: it is one of those that serve only if all of them do
        return covered && owners().allMatch(Node::answers) ? owners().findFirst() : Optional.empty();
    }

    private Stream<Node> owners() {
        return ops.now().get().nodes().values().stream()
                .filter(m -> m.isMaster() && !m.slots().isEmpty());
    }

    /** Whoever else may hold what it holds; of a master that was replaced any master may be the one. */
    private List<Node> others() {
        var state = ops.now().get();
        var master = node.master().flatMap(state::node);
        var all = owner() || master.isPresent()
                ? Stream.concat(master.stream(), state.replicasOf(node.master().orElse(node.id())).stream())
                : owners();
        return all.filter(n -> !n.id().equals(node.id())).toList();
    }

    /** The last cure: what lies behind the damage goes, a copy of the whole stays. */
    private Offer truncate(AofReport report, Terms terms) throws Failure, InterruptedException {
        if (!report.cuttable() || report.state() == AofReport.State.PREAMBLE_BROKEN) {
            return Consents.refused(
                    Say.of(
                            report.cuttable() ? "aof.truncate.preamble" : "aof.truncate.not-last",
                            "file",
                            report.file()),
                    Say.of("aof.truncate.useless.next"));
        }
        if (hangs()) {
            return Starts.hangs(seen);
        }
        var starts = new Starts(ops);
        var plans = plan("truncate");
        plans.stage("settings", starts.guarding(seen));
        if (seen.process().found()) {
            plans.stage("stop", stop());
        }
        var plan = plans.stage("truncate", cure("truncate"))
                .stage("check-aof", check(true))
                .stage("start", starts.step(seen))
                .stage("settle", starts.settle(seen, terms, false))
                .costing(List.of(
                        Say.of(
                                "aof.cost.truncate",
                                "lost",
                                report.lost(),
                                "size",
                                report.size(),
                                "share",
                                report.share(),
                                "commands",
                                report.lostCommands()),
                        Say.of("aof.cost.first-lost", "commands", report.firstLost()),
                        Say.of("aof.cost.kept")));
        // what was written since would be cut as well, untold
        boolean old = seen.files().size(report.file()).orElse(-1) != report.size();
        var better = better();
        if (better.isPresent()) {
            return new Offer.Refused(
                    better.get(),
                    List.of(Say.of(
                            better.get().key().equals("aof.truncate.unasked")
                                    ? "aof.truncate.unasked.next"
                                    : "aof.truncate.better")),
                    old ? List.of() : List.of(ready(plan, Stake.DATA)));
        }
        if (old) {
            return Consents.refused(
                    Say.of("aof.truncate.changed", "file", report.file(), "size", report.size()),
                    Say.of("aof.truncate.changed.next"));
        }
        boolean typed = report.lost() > TYPED_BYTES || report.share() > TYPED_SHARE;
        return ready(plan, typed ? Stake.DATA : Stake.SERVICE);
    }

    /** Who else has what the file lost, or may have it: of a node that can't be asked nobody knows that it does not. */
    private Optional<Say> better() {
        if (seen.answers()) {
            return Optional.of(Say.of("aof.truncate.in-memory", "node", node.address()));
        }
        if (!owner() && source().isPresent()) {
            return Optional.of(Say.of(
                    "aof.truncate.master-has",
                    "node",
                    node.address(),
                    "master",
                    source().get().address()));
        }
        var others = others();
        var unasked =
                others.stream().filter(n -> !n.answers()).map(Node::address).toList();
        return others.stream()
                .filter(n -> n.answers() && !n.isMaster())
                .findFirst()
                .map(r -> Say.of("aof.truncate.replica-has", "node", node.address(), "replica", r.address()))
                .or(() -> unasked.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Say.of("aof.truncate.unasked", "node", node.address(), "others", unasked)));
    }
}
