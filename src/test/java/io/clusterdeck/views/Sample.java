package io.clusterdeck.views;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Disagreement;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeLike;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.NodeView;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.ssh.HostName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Builds states of made-up clusters for the views' tests: every value as a node could have told it. */
public final class Sample {
    public static final Instant NOW = Instant.parse("2026-11-22T12:04:17.180Z");

    private final String name;
    private Instant at = NOW;
    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private final List<Finding> health = new ArrayList<>();
    private final List<Disagreement> disagreements = new ArrayList<>();
    private final Map<NodeId, UnaryOperator<NodeRow>> lies = new LinkedHashMap<>();
    private long epoch = 12;

    public Sample(String name) {
        this.name = name;
    }

    /** Three masters 9000 to 9002 and their replicas 9004, 9005, 9003 on three hosts. */
    public static Sample orders() {
        var s = new Sample("orders-prod");
        s.master(9000, 1, new SlotRange(0, 5460), 1_204_882, 1_310_000_000L, 18_420);
        s.master(9001, 2, new SlotRange(5461, 10922), 1_190_204, 1_300_000_000L, 17_911);
        s.master(9002, 3, new SlotRange(10923, 16383), 1_213_770, 1_330_000_000L, 19_004);
        s.replica(9003, 1, 9002, 212);
        s.replica(9004, 2, 9000, 0);
        s.replica(9005, 3, 9001, 0);
        return s;
    }

    public static NodeId id(int port) {
        return new NodeId("%08x".formatted(port * 0x9e3779b1).repeat(5));
    }

    public static NodeAddress address(int port, int host) {
        return new NodeAddress("10.20.0." + (173 + host), port);
    }

    public Sample at(Instant instant) {
        at = instant;
        return this;
    }

    public Sample epoch(long now) {
        epoch = now;
        return this;
    }

    public Sample master(int port, int host, SlotRange slots, long keys, long memory, long ops) {
        put(port, host, Role.MASTER, Optional.empty(), List.of(slots), info(keys, memory, ops, 4_812_009_114L));
        return this;
    }

    public Sample replica(int port, int host, int master, long behind) {
        var info = info(1_200_000, 1_290_000_000L, 16, 0);
        info.put("master_repl_offset", Long.toString(4_812_009_114L - behind));
        info.put("slave_repl_offset", Long.toString(4_812_009_114L - behind));
        info.put("master_link_status", "up");
        put(port, host, Role.REPLICA, Optional.of(id(master)), List.of(), info);
        return this;
    }

    private static Map<String, String> info(long keys, long memory, long ops, long offset) {
        var info = new LinkedHashMap<String, String>();
        info.put("redis_version", "6.2.3");
        info.put("run_id", "f".repeat(40));
        info.put("process_id", "1834");
        info.put("uptime_in_seconds", "3570000");
        info.put("used_memory", Long.toString(memory));
        info.put("maxmemory", "4000000000");
        info.put("instantaneous_ops_per_sec", Long.toString(ops));
        info.put("db0", "keys=" + keys + ",expires=0,avg_ttl=0");
        info.put("aof_enabled", "1");
        info.put("aof_current_size", "812000000");
        info.put("aof_last_write_status", "ok");
        info.put("rdb_last_bgsave_status", "ok");
        info.put("master_repl_offset", Long.toString(offset));
        return info;
    }

    private void put(
            int port, int host, Role role, Optional<NodeId> master, List<SlotRange> slots, Map<String, String> info) {
        var cluster = new LinkedHashMap<String, String>();
        cluster.put("cluster_state", "ok");
        cluster.put("cluster_slots_assigned", "16384");
        cluster.put("cluster_slots_ok", "16384");
        cluster.put("cluster_known_nodes", "6");
        cluster.put("cluster_size", "3");
        cluster.put("cluster_current_epoch", "12");
        nodes.put(
                id(port),
                new Node(
                        id(port),
                        address(port, host),
                        Optional.of(new HostName("h" + host)),
                        role,
                        master,
                        slots,
                        Map.of(),
                        Map.of(),
                        EnumSet.of(role == Role.MASTER ? Flag.MASTER : Flag.REPLICA),
                        Set.of(),
                        port % 10,
                        true,
                        new Contact.Answers(at.minusMillis(180), 420),
                        Optional.of(new NodeInfo(at, info, cluster)),
                        Map.of()));
    }

    /** Changes one node. */
    public Sample node(int port, UnaryOperator<Node> change) {
        nodes.computeIfPresent(id(port), (i, n) -> change.apply(n));
        return this;
    }

    public Sample contact(int port, Contact contact) {
        return node(port, n -> new NodeLike(n).contact(contact).node());
    }

    public Sample flags(int port, Set<Integer> suspectedBy, Flag... more) {
        return node(port, n -> {
            var flags = EnumSet.copyOf(n.flags());
            flags.addAll(Arrays.asList(more));
            return new NodeLike(n)
                    .flags(flags)
                    .suspectedBy(Set.copyOf(suspectedBy.stream().map(Sample::id).toList()))
                    .node();
        });
    }

    public Sample slots(
            int port, List<SlotRange> slots, Map<Integer, NodeId> migrating, Map<Integer, NodeId> importing) {
        return node(
                port,
                n -> new NodeLike(n)
                        .slots(slots)
                        .migrating(migrating)
                        .importing(importing)
                        .node());
    }

    public Sample role(int port, Role role, Optional<NodeId> master, List<SlotRange> slots, long epoch) {
        return node(
                port,
                n -> new NodeLike(n)
                        .role(role, master)
                        .slots(slots)
                        .epoch(epoch)
                        .node());
    }

    public Sample finding(Finding finding) {
        health.add(finding);
        return this;
    }

    public Sample disagreement(Disagreement d, int observer, UnaryOperator<NodeRow> lie) {
        disagreements.add(d);
        lies.put(id(observer), lie);
        return this;
    }

    public ClusterState state() {
        var masters =
                nodes.values().stream().filter(Node::isMaster).map(Node::id).toList();
        var owner = new short[SlotRange.SLOTS];
        Arrays.fill(owner, (short) -1);
        for (var node : nodes.values()) {
            for (var range : node.slots()) {
                Arrays.fill(owner, range.from(), range.to() + 1, (short) masters.indexOf(node.id()));
            }
        }
        var views = new LinkedHashMap<NodeId, NodeView>();
        for (var node : nodes.values()) {
            if (node.answers()) {
                views.put(node.id(), new NodeView(node.id(), at, epoch, rows(node.id())));
            }
        }
        return new ClusterState(
                name,
                at,
                new LinkedHashMap<>(nodes),
                views,
                List.copyOf(disagreements),
                List.copyOf(health),
                new SlotOwners(masters, owner),
                epoch,
                Duration.ofMillis(100),
                0.0012);
    }

    private List<NodeRow> rows(NodeId observer) {
        return nodes.values().stream()
                .map(n -> {
                    var flags = EnumSet.copyOf(n.flags());
                    if (n.id().equals(observer)) {
                        flags.add(Flag.MYSELF);
                    }
                    if (n.suspectedBy().contains(observer) && !n.failed()) {
                        flags.add(Flag.PFAIL);
                    }
                    var row = new NodeRow(
                            n.id(),
                            n.address(),
                            "",
                            Map.of(),
                            flags,
                            n.master(),
                            0,
                            at.toEpochMilli() - 812,
                            n.epoch(),
                            n.answers(),
                            n.slots(),
                            n.migrating(),
                            n.importing());
                    var lie = lies.get(observer);
                    return lie == null ? row : lie.apply(row);
                })
                .toList();
    }
}
