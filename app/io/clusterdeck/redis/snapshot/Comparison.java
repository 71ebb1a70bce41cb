package io.clusterdeck.redis.snapshot;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What differs between two states of a cluster; nodes are the same when their ids are. A pure function of the two.
 *
 * @param roles nodes that became master or replica, or follow another master
 * @param told what one node tells otherwise: address, host, epoch, version, contact, failed
 * @param config directives with other values, where a node told its configuration both times
 */
public record Comparison(
        ClusterState before,
        ClusterState after,
        List<Node> came,
        List<Node> went,
        List<RoleMoved> roles,
        List<SlotsMoved> slots,
        List<Told> told,
        List<ConfigMoved> config,
        List<Finding> appeared,
        List<Finding> solved) {

    /** A node is what it was not, or of whom it was not. */
    public record RoleMoved(NodeId node, Role was, Optional<NodeId> of, Role is, Optional<NodeId> nowOf) {}

    /**
     * Slots with another owner.
     *
     * @param from empty where nobody served them
     * @param takeover whether the new owner was the old one's replica: nothing was moved, the role was
     */
    public record SlotsMoved(Optional<NodeId> from, Optional<NodeId> to, List<SlotRange> ranges, boolean takeover) {
        public int count() {
            return ranges.stream().mapToInt(SlotRange::size).sum();
        }
    }

    /** One thing that a node told otherwise. */
    public record Told(NodeId node, Aspect aspect, String was, String is) {}

    /** A directive has another value on these nodes; empty where it had none. */
    public record ConfigMoved(String directive, Optional<String> was, Optional<String> is, List<NodeId> nodes) {}

    /** What a node may tell otherwise. */
    public enum Aspect {
        ADDRESS,
        HOST,
        EPOCH,
        VERSION,
        CONTACT,
        FAILED
    }

    private static final Map<Aspect, Function<Node, String>> ASPECTS = new LinkedHashMap<>();

    static {
        ASPECTS.put(
                Aspect.ADDRESS, n -> n.address().toString() + "@" + n.address().busPort());
        ASPECTS.put(Aspect.HOST, n -> n.host().map(Object::toString).orElse(""));
        ASPECTS.put(Aspect.EPOCH, n -> Long.toString(n.epoch()));
        ASPECTS.put(Aspect.VERSION, n -> n.info().map(NodeInfo::version).orElse(""));
        ASPECTS.put(Aspect.CONTACT, n -> NodeJson.word(n.contact()));
        ASPECTS.put(Aspect.FAILED, n -> Boolean.toString(n.failed()));
    }

    public static Comparison between(ClusterState before, ClusterState after) {
        var roles = new ArrayList<RoleMoved>();
        var told = new ArrayList<Told>();
        for (var now : after.nodes().values()) {
            var was = before.nodes().get(now.id());
            if (was == null) {
                continue;
            }
            if (was.role() != now.role() || !was.master().equals(now.master())) {
                roles.add(new RoleMoved(now.id(), was.role(), was.master(), now.role(), now.master()));
            }
            ASPECTS.forEach((aspect, of) -> {
                var then = of.apply(was);
                var is = of.apply(now);
                // a version that is not known is no other version
                if (!then.equals(is) && !(aspect == Aspect.VERSION && (then.isEmpty() || is.isEmpty()))) {
                    told.add(new Told(now.id(), aspect, then, is));
                }
            });
        }
        return new Comparison(
                before,
                after,
                only(after, before),
                only(before, after),
                List.copyOf(roles),
                slots(before, after),
                List.copyOf(told),
                config(before, after),
                findings(after, before),
                findings(before, after));
    }

    /** Whether nothing differs but what moves by itself (keys, memory, offsets). */
    public boolean same() {
        return sameTopology() && told.isEmpty() && config.isEmpty() && appeared.isEmpty() && solved.isEmpty();
    }

    /** Whether nodes, roles and slots are as they were. */
    public boolean sameTopology() {
        return came.isEmpty() && went.isEmpty() && roles.isEmpty() && slots.isEmpty();
    }

    /** How many slots have another owner. */
    public int slotsMoved() {
        return slots.stream().mapToInt(SlotsMoved::count).sum();
    }

    /** Whether anything of a node itself differs, or its slots do. */
    public boolean touches(NodeId id) {
        return roles.stream().anyMatch(r -> r.node().equals(id))
                || told.stream().anyMatch(t -> t.node().equals(id))
                || slots.stream()
                        .anyMatch(s -> s.from().filter(id::equals).isPresent()
                                || s.to().filter(id::equals).isPresent())
                || config.stream().anyMatch(c -> c.nodes().contains(id));
    }

    private static List<Node> only(ClusterState in, ClusterState notIn) {
        return in.nodes().values().stream()
                .filter(n -> !notIn.nodes().containsKey(n.id()))
                .toList();
    }

    private static List<SlotsMoved> slots(ClusterState before, ClusterState after) {
        record Way(Optional<NodeId> from, Optional<NodeId> to) {}
        var ways = new LinkedHashMap<Way, List<SlotRange>>();
        for (int slot = 0; slot < SlotRange.SLOTS; slot++) {
            var from = before.owners().of(slot);
            var to = after.owners().of(slot);
            if (!from.equals(to)) {
                extend(ways.computeIfAbsent(new Way(from, to), w -> new ArrayList<>()), slot);
            }
        }
        return ways.entrySet().stream()
                .map(e -> new SlotsMoved(
                        e.getKey().from(),
                        e.getKey().to(),
                        List.copyOf(e.getValue()),
                        takeover(before, e.getKey().from(), e.getKey().to())))
                .toList();
    }

    private static boolean takeover(ClusterState before, Optional<NodeId> from, Optional<NodeId> to) {
        return from.isPresent()
                && to.flatMap(before::node).flatMap(Node::master).equals(from);
    }

    private static void extend(List<SlotRange> ranges, int slot) {
        if (!ranges.isEmpty() && ranges.getLast().to() == slot - 1) {
            ranges.set(ranges.size() - 1, new SlotRange(ranges.getLast().from(), slot));
        } else {
            ranges.add(new SlotRange(slot, slot));
        }
    }

    /** What CONFIG GET tells of whom a node follows: it changes with every failover and is in no file. */
    private static final Set<String> ROLE = Set.of("slaveof", "replicaof");

    private static List<ConfigMoved> config(ClusterState before, ClusterState after) {
        record What(String directive, Optional<String> was, Optional<String> is) {}
        var nodes = new LinkedHashMap<What, List<NodeId>>();
        var all = new TreeMap<String, List<What>>();
        for (var now : after.nodes().values()) {
            var is = Snapshot.config(now);
            var was = before.node(now.id()).map(Snapshot::config).orElse(Map.of());
            if (is.isEmpty() || was.isEmpty()) {
                continue;
            }
            var names = new TreeSet<>(is.keySet());
            names.addAll(was.keySet());
            names.removeAll(ROLE); // told as a role that moved
            // a watch alone asks only for a few directives: what one side never asked for is no difference
            boolean both = whole(is) && whole(was);
            for (var name : names) {
                if (Objects.equals(was.get(name), is.get(name))
                        || !both && (!was.containsKey(name) || !is.containsKey(name))) {
                    continue;
                }
                var what = new What(name, Optional.ofNullable(was.get(name)), Optional.ofNullable(is.get(name)));
                if (!nodes.containsKey(what)) {
                    all.computeIfAbsent(name, n -> new ArrayList<>()).add(what);
                }
                nodes.computeIfAbsent(what, w -> new ArrayList<>()).add(now.id());
            }
        }
        return all.values().stream()
                .flatMap(List::stream)
                .map(w ->
                        new ConfigMoved(w.directive(), w.was(), w.is(), List.copyOf(nodes.getOrDefault(w, List.of()))))
                .toList();
    }

    /** Whether all directives were asked for: {@code port} is among them in every release, and no watch asks for it. */
    private static boolean whole(Map<String, String> config) {
        return config.containsKey("port");
    }

    /** By rule and node: that a finding's figures changed is no news. */
    private static List<Finding> findings(ClusterState in, ClusterState notIn) {
        return in.health().stream()
                .filter(f -> notIn.health().stream()
                        .noneMatch(o -> o.rule().equals(f.rule()) && o.node().equals(f.node())))
                .toList();
    }
}
