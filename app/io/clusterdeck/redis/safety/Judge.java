package io.clusterdeck.redis.safety;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.MinReplicas;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.nodes.Quorum;
import io.clusterdeck.redis.nodes.Release;
import io.clusterdeck.redis.nodes.Successors;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges once; keeps what it found on the way. */
final class Judge {
    private final ClusterState state;
    private final Set<NodeId> leaving;
    private final Terms terms;
    private final List<Say> against = new ArrayList<>();
    private final List<Say> remarks = new ArrayList<>();
    private final Map<NodeId, NodeId> heirs = new LinkedHashMap<>();
    private boolean curable = true;

    Judge(ClusterState state, Set<NodeId> leaving, Terms terms) {
        this.state = state;
        this.leaving = leaving;
        this.terms = terms;
    }

    Safety judge() {
        var unclear = unclear();
        if (unclear.isPresent()) {
            return new Safety(Safety.Answer.UNKNOWN, List.of(unclear.get()), Map.of());
        }
        var gone = leaving.stream().flatMap(id -> state.node(id).stream()).toList();
        if (gone.isEmpty()) {
            return new Safety(Safety.Answer.YES, List.of(Say.of("safety.nobody")), Map.of());
        }
        trouble();
        gone.stream()
                .filter(n -> n.isMaster() && !n.slots().isEmpty())
                .sorted(Comparator.comparing(n -> n.address().toString()))
                .forEach(this::master);
        quorum();
        gone.stream().filter(n -> !n.isMaster()).forEach(this::replica);
        writes();
        reboot();
        if (against.isEmpty()) {
            remarks.addFirst(Say.of("safety.yes", "nodes", gone.size()));
            return new Safety(Safety.Answer.YES, remarks, Map.of());
        }
        against.addAll(remarks);
        return new Safety(Safety.Answer.NO, against, curable ? heirs : Map.of());
    }

    private Optional<Say> unclear() {
        long answering = state.nodes().values().stream().filter(Node::answers).count();
        if (answering == 0) {
            return Optional.of(Say.of("safety.unseen"));
        }
        var unasked = state.nodes().values().stream()
                .filter(n -> n.contact() instanceof Contact.Unknown && !n.failed() // of one that failed the others tell
                        || !n.answers() && n.up() && n.info().isEmpty())
                .map(n -> n.address().toString())
                .sorted()
                .toList();
        return unasked.isEmpty() ? Optional.empty() : Optional.of(Say.of("safety.unasked", "nodes", unasked));
    }

    /** What is wrong already, apart from those that leave: a second loss may be one too many. */
    private void trouble() {
        var down = state.nodes().values().stream()
                .filter(n ->
                        !leaving.contains(n.id()) && n.isMaster() && !n.slots().isEmpty() && !n.up())
                .map(n -> n.address().toString())
                .sorted()
                .toList();
        if (!down.isEmpty()) {
            deny(Say.of("safety.master-down", "nodes", down), false);
        }
        int uncovered = SlotRange.SLOTS - state.owners().covered();
        if (uncovered > 0 && uncovered < SlotRange.SLOTS) {
            deny(Say.of("safety.uncovered", "slots", uncovered), false);
        }
    }

    private void master(Node master) {
        if (!master.up()) {
            deny(Say.of("safety.down-already", "node", master.address(), "slots", master.slotCount()), false);
            return;
        }
        var heir = heir(master);
        if (heir.isPresent()) {
            heirs.put(heir.get().id(), master.id());
            deny(
                    Say.of(
                            "safety.master",
                            "node",
                            master.address(),
                            "slots",
                            master.slotCount(),
                            "from",
                            terms.outageFrom(),
                            "to",
                            terms.outageTo(),
                            "heir",
                            heir.get().address()),
                    true);
        } else {
            deny(Say.of("safety.master-alone", "node", master.address(), "slots", master.slotCount()), false);
        }
    }

    /** In sync and staying; one that leaves the masters best spread comes first. */
    private Optional<Node> heir(Node master) {
        return Successors.healthy(state, master, terms).stream()
                .filter(r -> !leaving.contains(r.id()) && Release.follows(r.info(), master.info()))
                .min(Comparator.comparingLong(this::mastersBeside));
    }

    private long mastersBeside(Node replica) {
        var there = machine(replica);
        return state.nodes().values().stream()
                        .filter(n -> n.isMaster() && !n.slots().isEmpty() && !leaving.contains(n.id()))
                        .filter(n -> machine(n).equals(there))
                        .count()
                + heirs.keySet().stream()
                        .flatMap(id -> state.node(id).stream())
                        .filter(n -> machine(n).equals(there))
                        .count();
    }

    /** The operator's name for it, or its address where it has none. */
    static String machine(Node n) {
        return n.host().map(Object::toString).orElse(n.address().host());
    }

    /** Counted as after the hand-overs: those that leave vote no more, and their heirs do. */
    private void quorum() {
        var quorum = Quorum.without(state, leaving);
        int up = quorum.up() + heirs.size();
        if (up < quorum.needed()) {
            deny(Say.of("safety.quorum", "up", up, "voters", quorum.voters(), "needed", quorum.needed()), false);
        }
    }

    private void replica(Node replica) {
        var master = replica.master().flatMap(state::node);
        if (master.isEmpty() || !replica.up()) {
            return;
        }
        boolean spare = state.replicasOf(master.get().id()).stream()
                .anyMatch(r -> !leaving.contains(r.id()) && r.up() && !heirs.containsKey(r.id()));
        if (!master.get().up() && !spare) {
            deny(
                    Say.of(
                            "safety.last-copy",
                            "node",
                            replica.address(),
                            "master",
                            master.get().address()),
                    false);
        } else if (!leaving.contains(master.get().id()) && !spare) {
            remarks.add(Say.of(
                    "safety.no-spare",
                    "master",
                    master.get().address(),
                    "slots",
                    master.get().slotCount()));
        }
    }

    /** Masters that would refuse every write, because too few replicas stay: those that lose some, and those that take over. */
    private void writes() {
        state.nodes().values().stream()
                .filter(n -> n.isMaster() && n.up() && !leaving.contains(n.id()))
                .filter(m -> state.replicasOf(m.id()).stream().map(Node::id).anyMatch(leaving::contains))
                .forEach(m -> refused(m, m.slotCount(), MinReplicas.without(state, m, leaving)));
        heirs.forEach((heir, master) -> refused(
                state.node(heir).orElseThrow(),
                state.node(master).map(Node::slotCount).orElse(0),
                MinReplicas.promoted(state, state.node(heir).orElseThrow(), leaving)));
    }

    private void refused(Node master, int slots, MinReplicas left) {
        if (left.refuses()) {
            deny(
                    Say.of(
                            "safety.no-writes",
                            "node",
                            master.address(),
                            "slots",
                            slots,
                            "good",
                            left.good(),
                            "wanted",
                            left.wanted()),
                    false);
        }
    }

    /** What the list of findings knows of those hosts. */
    private void reboot() {
        var hosts = leaving.stream()
                .flatMap(id -> state.node(id).stream())
                .map(Judge::machine)
                .collect(Collectors.toSet());
        state.health().stream()
                .filter(f -> f.rule().equals("no-reboot"))
                .flatMap(f -> f.title().args().get("hosts") instanceof List<?> named ? named.stream() : Stream.empty())
                .map(String::valueOf)
                .filter(hosts::contains)
                .forEach(h -> remarks.add(Say.of("safety.no-reboot", "host", h)));
    }

    private void deny(Say why, boolean cured) {
        against.add(why);
        curable &= cured;
    }
}
