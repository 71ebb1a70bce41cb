package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was true of a node when its end was shown and agreed to ({@link Ending}), looked at again right before it is ended: between the two
 * lie a minute, or days where a run is resumed. Whatever would be lost by now and would not have been then stops the run: a replica may
 * have been elected, or be the last copy; of a master the replica that was to take over may be gone, or its votes be needed. Of what the plan
 * itself has changed nothing is asked: a run that got half-way goes on.
 */
record Still(Ops ops, StepSpec spec) {
    /** A replication that was broken off only just now is taken up again. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    static boolean isNoted(StepSpec spec) {
        return spec.args().containsKey(Ending.AS);
    }

    /** Of a step that notes it; asks the nodes, and the node's host where a start must load all. */
    static Optional<Verdict> changed(StepSpec spec, Optional<Ops> ops) throws Failure, InterruptedException {
        return ops.isEmpty() ? Optional.empty() : new Still(ops.get(), spec).changed();
    }

    private Optional<Verdict> changed() throws Failure, InterruptedException {
        return worse().map(why -> new Verdict.Blocked(why, Say.of("nodes.process.now.next")));
    }

    private Optional<Say> worse() throws Failure, InterruptedException {
        try (var observers = new Observers(ops)) {
            var views = observers.ask();
            boolean owns = owns(views);
            if (as(Ending.REPLICA)) {
                if (owns) {
                    return say("now-owner");
                }
                if (noted(Ending.COPIES) && lastCopy(views)) {
                    return say("now-last");
                }
            } else if (!owns) {
                return Optional.empty();
            } else {
                var more = ownsMore(views).or(() -> majority(views));
                var worse = more.isPresent() || as(Ending.ALONE) ? more : heirs(views, observers);
                if (worse.isPresent()) {
                    return worse;
                }
            }
        }
        return less();
    }

    private boolean as(String what) {
        return spec.arg(Ending.AS).equals(what);
    }

    /** An earlier Clusterdeck's step notes less. */
    private boolean noted(String what) {
        return spec.args().containsKey(what);
    }

    private NodeId node() {
        return new NodeId(spec.arg("node"));
    }

    private NodeAddress at() {
        return Addressed.address(spec.arg("address"));
    }

    private Optional<Say> say(String what) {
        return Optional.of(Say.of("nodes.process." + what, "node", at()));
    }

    private Set<NodeId> with() {
        return Stream.of(spec.args().getOrDefault(Ending.WITH, "").split(" "))
                .filter(id -> !id.isEmpty())
                .map(NodeId::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** It says so, or most do: it is the first to know. */
    private boolean owns(Map<NodeAddress, List<NodeRow>> views) {
        return views.values().stream().anyMatch(v -> owner(v) && itself(v, node()))
                || Observers.most(views, this::owner);
    }

    private boolean owner(List<NodeRow> view) {
        return Observers.row(view, node())
                .filter(r -> r.role() == Role.MASTER && !r.slots().isEmpty())
                .isPresent();
    }

    private static boolean itself(List<NodeRow> view, NodeId id) {
        return Observers.row(view, id).filter(r -> r.has(Flag.MYSELF)).isPresent();
    }

    private Optional<Say> ownsMore(Map<NodeAddress, List<NodeRow>> views) {
        if (!noted(Ending.SLOTS)) {
            return Optional.empty();
        }
        int then = Integer.parseInt(spec.arg(Ending.SLOTS));
        int now = views.values().stream()
                .filter(v -> itself(v, node()))
                .flatMap(v -> Observers.row(v, node()).stream())
                .flatMap(r -> r.slots().stream())
                .mapToInt(SlotRange::size)
                .sum();
        return now > then
                ? Optional.of(Say.of("nodes.process.now-more", "node", at(), "slots", now, "then", then))
                : Optional.empty();
    }

    private Optional<Say> majority(Map<NodeAddress, List<NodeRow>> views) {
        if (!noted(Ending.MAJORITY)) {
            return Optional.empty();
        }
        var lost = new HashSet<>(with());
        lost.add(node());
        var by = views.containsKey(at()) ? at() : views.keySet().iterator().next();
        var quorum = Quorum.of(views, by, lost);
        return quorum.holds()
                ? Optional.empty()
                : Optional.of(Say.of(
                        "nodes.process.now-majority",
                        "node",
                        at(),
                        "up",
                        quorum.up(),
                        "voters",
                        quorum.voters(),
                        "needed",
                        quorum.needed()));
    }

    private Optional<Say> heirs(Map<NodeAddress, List<NodeRow>> views, Observers observers)
            throws Failure, InterruptedException {
        // a busy host answers late, and one that is slow is not gone
        if (followers(views).isEmpty()
                && !Await.until(PATIENCE, () -> !followers(observers.ask()).isEmpty())) {
            return say("now-alone");
        }
        return noted(Ending.FOLLOWED) && !Await.until(PATIENCE, () -> anyLinked(followers(observers.ask()), observers))
                ? say("now-unfollowed")
                : Optional.empty();
    }

    private List<NodeAddress> followers(Map<NodeAddress, List<NodeRow>> views) {
        return views.entrySet().stream()
                .filter(e -> follows(e.getValue(), node()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean anyLinked(List<NodeAddress> heirs, Observers observers)
            throws Failure, InterruptedException {
        for (var heir : heirs) {
            if (observers
                    .info(heir)
                    .flatMap(i -> i.text("master_link_status"))
                    .filter("up"::equals)
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Whether who tells this is there, stays, and is a replica of that master. */
    private boolean follows(List<NodeRow> view, NodeId master) {
        return view.stream()
                .anyMatch(r -> r.has(Flag.MYSELF)
                        && !r.id().equals(node())
                        && !with().contains(r.id())
                        && r.master().filter(master::equals).isPresent());
    }

    private boolean lastCopy(Map<NodeAddress, List<NodeRow>> views) {
        var master = views.values().stream()
                .flatMap(v -> Observers.row(v, node()).stream())
                .flatMap(r -> r.master().stream())
                .findFirst();
        return master.isPresent()
                && (with().contains(master.get()) || !Quorum.serves(views, master.get()))
                && views.values().stream().noneMatch(v -> follows(v, master.get()));
    }

    /** What a start would load less than it holds by now. */
    private Optional<Say> less() throws Failure, InterruptedException {
        if (!noted(Ending.WHOLE)) {
            return Optional.empty();
        }
        Await.until(PATIENCE, () -> ops.now().get().node(node()).isPresent()); // who resumes has only begun to watch
        var seen = ops.now()
                .get()
                .node(node())
                .orElseThrow(() -> new NotAllowed(
                        Say.of("nodes.unknown-node", "node", node().brief()), Say.of("nodes.process.now.next")));
        var less = Closeup.of(ops, seen).less(spec.arg(Ending.WHOLE).equals("TERM"));
        return less.isEmpty()
                ? Optional.empty()
                : Optional.of(Say.of("nodes.process.now-less", "node", at(), "why", less));
    }
}
