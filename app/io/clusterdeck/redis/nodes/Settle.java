package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Changes nothing: waits until the cluster has come to rest after what was done to one node, and says if it did not. */
public record Settle(StepId id, HostName on, StepSpec spec, Ops ops) implements Step {
    public static final String KIND = "node.settle";
    private static final Duration MOMENT = Duration.ofSeconds(3);

    /** What is waited for. */
    public enum Until {
        /** The node serves in its role, as seen by a majority; a replica is in sync. */
        JOINED,
        /** A majority sees the node's slots with another master. */
        TAKEN_OVER,
        /** A majority suspects the node or calls it failed. */
        DOWN;

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * @param keys how many keys it must at least have afterwards as a master (those that never expire); −1 when unknown
     * @param extra milliseconds that pass before it can settle, such as a pause
     */
    public static Settle of(Ops ops, HostName on, Node node, Until until, long keys, Terms terms, long extra) {
        var args = new LinkedHashMap<String, String>();
        args.put("cluster", ops.spec().get().name());
        args.put("node", node.id().value());
        args.put("address", Addressed.text(node.address()));
        args.put("asked", Addressed.text(until == Until.JOINED ? node.address() : another(ops, node)));
        args.put("until", until.name());
        args.put(
                "slot",
                node.slots().isEmpty()
                        ? "-1"
                        : Integer.toString(node.slots().getFirst().from()));
        args.put("keys", Long.toString(keys));
        args.put("limit", Long.toString(limit(until, terms) + extra));
        return new Settle(new StepId("settle/" + node.address()), on, new StepSpec(KIND, args), ops);
    }

    /** Who is gone by then can't be asked: one that answers now can. */
    private static NodeAddress another(Ops ops, Node gone) {
        return ops.now().get().nodes().values().stream()
                .filter(n -> n.answers() && !n.id().equals(gone.id()))
                .map(Node::address)
                .min(Comparator.comparing(NodeAddress::toString))
                .orElse(gone.address());
    }

    /** Three elections, of which two are lost; joining again needs node-timeout, at most 5 s, and a sync (not counted). */
    static long limit(Until until, Terms terms) {
        return switch (until) {
            case JOINED -> 30_000 + 2 * terms.nodeTimeout();
            case TAKEN_OVER -> 10_000 + terms.thirdElection();
            case DOWN -> 10_000 + 3 * terms.nodeTimeout();
        };
    }

    private Until until() {
        return Until.valueOf(spec.arg("until"));
    }

    private NodeId node() {
        return new NodeId(spec.arg("node"));
    }

    private NodeAddress address() {
        return Addressed.address(spec.arg("address"));
    }

    @Override
    public Say title() {
        return switch (until()) {
            case JOINED -> Say.of("nodes.step.joined", "node", address());
            case TAKEN_OVER -> Say.of("nodes.step.taken-over", "node", address());
            case DOWN -> Say.of("nodes.step.down", "node", address());
        };
    }

    @Override
    public List<String> commands() {
        var asked = spec.args().getOrDefault("asked", spec.arg("address")); // journals of older runs name none
        return List.of(new RedisCli(ops.spec().get()).to(on, Addressed.address(asked), "CLUSTER NODES"));
    }

    /** Looks for a moment: one question that breaks, or one node that goes back and forth once more, tells nothing yet. */
    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        try (var observers = new Observers(ops)) {
            if (!Await.until(MOMENT, () -> settled(observers.ask(), info(observers)))) {
                return new Verdict.Needed(Say.of("nodes.settle.needed", "node", address()));
            }
            var info = info(observers);
            var less = less(info);
            return less.isPresent()
                    ? new Verdict.Blocked(less.get(), Say.of("nodes.start.less.next", "node", address()))
                    : new Verdict.Done(found(info));
        }
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        try (var observers = new Observers(ops)) {
            var limit = Duration.ofMillis(Long.parseLong(spec.arg("limit")));
            // a full sync takes as long as it takes: the clock runs only while nothing is being copied
            while (!Await.until(limit, () -> settled(observers.ask(), info(observers)))) {
                if (!syncing(info(observers))) {
                    throw new CommandFailed(
                            Say.of("nodes.settle.not." + until().word(), "node", address(), "t", limit.toMillis()),
                            Say.of("nodes.settle.not.next", "node", address()),
                            1,
                            List.of());
                }
                live.accept(new Line.Progress(-1, "PSYNC"));
            }
        }
    }

    private Optional<NodeInfo> info(Observers observers) throws Failure, InterruptedException {
        return until() == Until.JOINED ? observers.info(address()) : Optional.empty();
    }

    private boolean settled(Map<NodeAddress, List<NodeRow>> views, Optional<NodeInfo> info) {
        return switch (until()) {
            case JOINED -> info.isPresent() && joined(views, info.get());
            case TAKEN_OVER -> Observers.most(views, this::takenOver);
            case DOWN ->
                Observers.most(
                        views,
                        v -> Observers.row(v, node())
                                .filter(r -> r.has(Flag.PFAIL) || r.has(Flag.FAIL))
                                .isPresent());
        };
    }

    private boolean takenOver(List<NodeRow> view) {
        int slot = Integer.parseInt(spec.arg("slot"));
        return view.stream()
                .anyMatch(r -> !r.id().equals(node())
                        && r.role() == Role.MASTER
                        && !r.has(Flag.FAIL)
                        && r.slots().stream().anyMatch(s -> s.from() <= slot && slot <= s.to()));
    }

    private boolean joined(Map<NodeAddress, List<NodeRow>> views, NodeInfo info) {
        boolean replica = info.text("role").filter("slave"::equals).isPresent();
        var role = replica ? Role.REPLICA : Role.MASTER;
        boolean inSync = !replica
                || info.text("master_link_status").filter("up"::equals).isPresent()
                        && info.text("master_sync_in_progress")
                                .filter("0"::equals)
                                .isPresent();
        return inSync
                && (info.stateOk() || uncovered(views))
                && Observers.most(
                        views,
                        v -> Observers.row(v, node())
                                .filter(r -> r.role() == role && r.linkUp() && !r.has(Flag.PFAIL) && !r.has(Flag.FAIL))
                                .isPresent());
    }

    /** Whether the cluster refuses for another reason than this node: slots that nobody serves. */
    private static boolean uncovered(Map<NodeAddress, List<NodeRow>> views) {
        return Observers.most(
                views,
                v -> v.stream()
                                .filter(r -> r.role() == Role.MASTER && !r.has(Flag.FAIL))
                                .flatMap(r -> r.slots().stream())
                                .mapToInt(s -> s.size())
                                .sum()
                        < io.clusterdeck.redis.model.SlotRange.SLOTS);
    }

    private static boolean syncing(Optional<NodeInfo> info) {
        return info.flatMap(i -> i.text("master_sync_in_progress"))
                .filter("1"::equals)
                .isPresent();
    }

    /** DBSIZE after the start, beside what was there before; only a master's own file is judged, a replica takes its master's data. */
    private Optional<Say> less(Optional<NodeInfo> info) {
        long before = Long.parseLong(spec.arg("keys"));
        if (info.isEmpty()
                || before < 0
                || info.get().text("role").filter("master"::equals).isEmpty()) {
            return Optional.empty();
        }
        long now = Reload.keys(info.get());
        return now < before
                ? Optional.of(Say.of("nodes.start.less", "node", address(), "now", now, "before", before))
                : Optional.empty();
    }

    private Say found(Optional<NodeInfo> info) {
        return switch (until()) {
            case JOINED ->
                Say.of(
                        info.flatMap(i -> i.text("role"))
                                        .filter("slave"::equals)
                                        .isPresent()
                                ? "nodes.settle.replica"
                                : "nodes.settle.master",
                        "node",
                        address(),
                        "keys",
                        info.map(Reload::keys).orElse(0L));
            case TAKEN_OVER -> Say.of("nodes.settle.taken-over", "node", address());
            case DOWN -> Say.of("nodes.settle.down", "node", address());
        };
    }
}
