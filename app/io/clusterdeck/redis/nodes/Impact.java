package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.MinReplicas;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What it costs to be without a node, in the operator's terms: a pure function of what was seen.
 *
 * @param says in the order of what matters
 * @param stake the worst of them
 */
public record Impact(List<Say> says, Stake stake) {
    /** What is at stake, least first. */
    public enum Stake {
        NOTHING,
        SERVICE,
        /** The last copy of a shard, or the majority, so that nobody can vote. */
        DATA
    }

    /** So many ranges of slots are named. */
    private static final int RANGES = 4;

    public Impact {
        says = List.copyOf(says);
    }

    /** Node {@code gone} ends without a word (killed, hung) and stays away. */
    public static Impact death(ClusterState state, Node gone, Terms terms) {
        return gone.isMaster() ? masterDeath(state, gone, terms) : replicaDeath(state, gone);
    }

    /**
     * A master hands its slots over to {@code heir}.
     *
     * @param leaves whether it ends then; else it goes on as a replica
     */
    public static Impact handOver(ClusterState state, Node master, Node heir, boolean leaves) {
        var says = new ArrayList<Say>();
        says.add(Say.of(
                "nodes.impact.hand-over",
                "node",
                master.address(),
                "heir",
                heir.address(),
                "slots",
                master.slotCount()));
        Placement.after(state, master, heir).ifPresent(says::add);
        refused(MinReplicas.promoted(state, heir, leaves ? Set.of(master.id()) : Set.of()), heir, master.slotCount())
                .ifPresent(says::add);
        return new Impact(says, Stake.SERVICE);
    }

    /** What clients are told of a master that too few replicas follow. */
    private static Optional<Say> refused(MinReplicas replicas, Node master, int slots) {
        return replicas.refuses()
                ? Optional.of(Say.of(
                        "nodes.impact.no-writes",
                        "node",
                        master.address(),
                        "slots",
                        slots,
                        "good",
                        replicas.good(),
                        "wanted",
                        replicas.wanted()))
                : Optional.empty();
    }

    /** Stopped for a while: as a death if it lasts longer than the others wait. */
    public static Impact pause(ClusterState state, Node node, Terms terms, long millis) {
        if (millis > terms.nodeTimeout()) {
            var death = death(state, node, terms);
            var says = new ArrayList<Say>();
            says.add(Say.of("nodes.impact.pause-long", "t", millis, "timeout", terms.nodeTimeout()));
            says.addAll(death.says);
            return new Impact(says, death.stake);
        }
        var says = new ArrayList<Say>();
        says.add(Say.of("nodes.impact.pause-short", "t", millis, "timeout", terms.nodeTimeout()));
        says.add(
                node.isMaster() && !node.slots().isEmpty()
                        ? Say.of(
                                "nodes.impact.pause-slots",
                                "node",
                                node.address(),
                                "slots",
                                node.slotCount(),
                                "t",
                                millis)
                        : Say.of("nodes.impact.pause-replica", "node", node.address()));
        return new Impact(says, node.isMaster() ? Stake.SERVICE : Stake.NOTHING);
    }

    /** All of these end at the same moment, without a word, and stay away; told are the masters among them that hold slots. */
    public static Impact loss(ClusterState state, List<Node> gone, Terms terms) {
        var masters =
                gone.stream().filter(n -> n.isMaster() && !n.slots().isEmpty()).toList();
        if (masters.isEmpty()) {
            var says = new ArrayList<Say>();
            gone.forEach(n -> says.addAll(death(state, n, terms).says));
            return new Impact(
                    says,
                    gone.stream()
                            .map(n -> death(state, n, terms).stake)
                            .max(java.util.Comparator.naturalOrder())
                            .orElse(Stake.NOTHING));
        }
        var lost = gone.stream().map(Node::id).collect(java.util.stream.Collectors.toUnmodifiableSet());
        var quorum = Quorum.without(state, lost);
        var successors = new LinkedHashMap<Node, Successors>();
        masters.forEach(m -> successors.put(m, Successors.of(state, m, terms, lost)));
        var left = masters.stream()
                .filter(m -> !quorum.holds() || successors.get(m) instanceof Successors.Nobody)
                .toList();
        var says = new ArrayList<Say>();
        masters.forEach(m -> slots(m, terms, !left.contains(m), says));
        others(masters, left, terms, quorum, says);
        if (quorum.holds()) {
            successors.values().forEach(s -> successors(s, says));
            successors.forEach((m, s) -> s.candidates().stream()
                    .flatMap(h -> refused(MinReplicas.promoted(state, h, lost), h, m.slotCount()).stream())
                    .findFirst()
                    .ifPresent(says::add));
        }
        quorum(quorum, says);
        unreplicated(state, masters).ifPresent(says::add);
        if (left.isEmpty() && masters.size() == 1) {
            var only = masters.getFirst();
            if (successors.get(only) instanceof Successors.One one) {
                Placement.after(state, only, one.winner()).ifPresent(says::add);
            }
            nextLoss(state, only, lost, quorum, says);
        }
        return new Impact(says, left.isEmpty() ? Stake.SERVICE : Stake.DATA);
    }

    private static Impact masterDeath(ClusterState state, Node gone, Terms terms) {
        return gone.slots().isEmpty()
                ? new Impact(List.of(Say.of("nodes.impact.no-slots", "node", gone.address())), Stake.NOTHING)
                : loss(state, List.of(gone), terms);
    }

    private static void slots(Node gone, Terms terms, boolean recovers, List<Say> says) {
        says.add(
                recovers
                        ? Say.of(
                                "nodes.impact.slots",
                                "node",
                                gone.address(),
                                "slots",
                                gone.slotCount(),
                                "ranges",
                                SlotRange.brief(gone.slots(), RANGES),
                                "from",
                                terms.outageFrom(),
                                "to",
                                terms.outageTo())
                        : Say.of(
                                "nodes.impact.slots-gone",
                                "node",
                                gone.address(),
                                "slots",
                                gone.slotCount(),
                                "ranges",
                                SlotRange.brief(gone.slots(), RANGES)));
    }

    /** @param left those of the masters that nobody takes over from */
    private static void others(List<Node> masters, List<Node> left, Terms terms, Quorum quorum, List<Say> says) {
        int rest = SlotRange.SLOTS - masters.stream().mapToInt(Node::slotCount).sum();
        if (rest == 0) {
            return;
        }
        if (!quorum.holds()) {
            says.add(Say.of("nodes.impact.others-no-quorum", "slots", rest));
        } else if (!terms.fullCoverage()) {
            says.add(Say.of("nodes.impact.others-serve", "slots", rest));
        } else if (left.isEmpty()) {
            says.add(Say.of("nodes.impact.others-refuse", "slots", rest));
        } else {
            var nodes = left.stream().map(Node::address).toList();
            says.add(Say.of(
                    "nodes.impact.others-refuse-on",
                    "slots",
                    rest,
                    "node",
                    nodes.size() == 1 ? nodes.getFirst() : nodes));
        }
    }

    private static void successors(Successors successors, List<Say> says) {
        switch (successors) {
            case Successors.Nobody(var why) -> {
                says.add(Say.of("nodes.impact.nobody"));
                says.addAll(why);
            }
            case Successors.One(var winner, var why) -> says.add(why);
            case Successors.Any(var candidates) ->
                says.add(Say.of(
                        "nodes.impact.anybody",
                        "nodes",
                        candidates.stream().map(Node::address).toList()));
        }
    }

    private static void quorum(Quorum quorum, List<Say> says) {
        says.add(Say.of(
                quorum.holds() ? "nodes.impact.quorum" : "nodes.impact.quorum-lost",
                "up",
                quorum.up(),
                "voters",
                quorum.voters(),
                "needed",
                quorum.needed()));
    }

    private static Optional<Say> unreplicated(ClusterState state, List<Node> masters) {
        var copied = masters.stream()
                .filter(m -> !state.replicasOf(m.id()).isEmpty())
                .toList();
        if (copied.isEmpty()) {
            return Optional.empty();
        }
        long gap = 0;
        for (var master : copied) {
            var one = Lag.of(master);
            if (one.isEmpty()) {
                return Optional.of(Say.of("nodes.impact.unreplicated-unknown"));
            }
            gap += one.getAsLong();
        }
        return Optional.of(Say.of("nodes.impact.unreplicated", "gap", gap));
    }

    private static void nextLoss(ClusterState state, Node gone, Set<NodeId> lost, Quorum quorum, List<Say> says) {
        long left = state.replicasOf(gone.id()).stream()
                        .filter(r -> r.up() && !lost.contains(r.id()))
                        .count()
                - 1;
        says.add(
                left == 0
                        ? Say.of("nodes.impact.next-last-copy", "slots", gone.slotCount())
                        : Say.of("nodes.impact.next-replicas", "left", left));
        // once the winner votes, the majority is as strong as before
        if (quorum.up() == quorum.needed()) {
            says.add(Say.of("nodes.impact.next-quorum"));
        }
    }

    private static Impact replicaDeath(ClusterState state, Node gone) {
        var master = gone.master().flatMap(state::node);
        var says = new ArrayList<Say>();
        if (master.isPresent() && !master.get().up()) {
            boolean last =
                    state.replicasOf(master.get().id()).stream().noneMatch(r -> !r.id().equals(gone.id()) && r.up());
            if (last) {
                says.add(Say.of(
                        "nodes.impact.last-copy",
                        "node",
                        gone.address(),
                        "master",
                        master.get().address(),
                        "slots",
                        master.get().slotCount()));
                return new Impact(says, Stake.DATA);
            }
        }
        says.add(Say.of("nodes.impact.replica", "node", gone.address()));
        master.ifPresent(m -> {
            long left = state.replicasOf(m.id()).stream()
                    .filter(r -> !r.id().equals(gone.id()) && r.up())
                    .count();
            says.add(
                    left == 0
                            ? Say.of("nodes.impact.replica-last", "master", m.address(), "slots", m.slotCount())
                            : Say.of("nodes.impact.replica-left", "master", m.address(), "left", left));
        });
        var refused = master.flatMap(m -> refused(MinReplicas.without(state, m, Set.of(gone.id())), m, m.slotCount()));
        refused.ifPresent(says::add);
        return new Impact(says, refused.isPresent() ? Stake.SERVICE : Stake.NOTHING);
    }
}
