package io.clusterdeck.redis.snapshot;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A cluster of six nodes as it might be taken, before and after a failover; also with names that try to break what they are written into. */
public final class Exemplar {

    public static final Instant AT = Instant.parse("2026-11-22T09:03:12Z");

    /** A password that must be in nothing that leaves the program. */
    public static final String SECRET = "s3cr3t-hunter2-do-not-tell";

    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private String name = "orders-prod";
    private Instant at = AT;
    private long epoch = 12;
    private final List<Finding> health = new ArrayList<>();

    private Exemplar() {}

    public static NodeId id(int port) {
        return new NodeId("%040x".formatted(0xabcdefL * port));
    }

    public static Snapshot before() {
        return six("h%d", "6.2.3").taken(Taken.byHand("ops@deck1"));
    }

    /** 9000 is gone, 9004 took over and has moved 100 slots to 9001; maxmemory differs on 9001. */
    public static Snapshot after() {
        var six = six("h%d", "6.2.3");
        six.at = AT.plusSeconds(600);
        six.epoch = 13;
        six.put(
                9000,
                1,
                9004,
                List.of(),
                12,
                new Contact.Gone(six.at, Say.of("link.unreachable.refused")),
                Set.of(Flag.FAIL),
                "6.2.3");
        six.put(9004, 2, 0, List.of(new SlotRange(100, 5460)), 13, answers(six.at), Set.of(), "6.2.3");
        six.put(
                9001,
                2,
                0,
                List.of(new SlotRange(0, 99), new SlotRange(5461, 10_922)),
                2,
                answers(six.at),
                Set.of(),
                "6.2.4");
        six.health.add(new Finding(
                "node-down",
                Level.BAD,
                Optional.of(id(9000)),
                Say.of("event.failed", "node", "9000"),
                Say.of("event.silent", "node", "9000"),
                Say.of("snapshot.no-next"),
                Optional.empty()));
        return six.taken(new Taken(
                Taken.Why.CHANGE,
                "ops@deck1",
                List.of(Say.of("event.master", "node", "9004", "slots", "0–5460", "epoch", 13))));
    }

    /** Every text that others choose is this one. */
    public static Snapshot hostile(String text) {
        var six = six(text.replace("%", "%%") + "%d", text);
        six.name = text;
        six.health.add(new Finding(
                "odd",
                Level.WARN,
                Optional.empty(),
                Say.of("event.failed", "node", text),
                Say.of("event.failed", "node", text),
                Say.of("event.failed", "node", text),
                Optional.empty()));
        return six.taken(new Taken(Taken.Why.HAND, text, List.of(Say.of("event.failed", "node", text))));
    }

    /** Many shards of one replica each. */
    public static Snapshot many(int shards) {
        var many = new Exemplar();
        for (int i = 0; i < shards; i++) {
            int from = (int) ((long) SlotRange.SLOTS * i / shards);
            int to = (int) ((long) SlotRange.SLOTS * (i + 1) / shards) - 1;
            many.put(7000 + i, i % 20, 0, List.of(new SlotRange(from, to)), i, answers(AT), Set.of(), "7.2.4");
            many.put(8000 + i, (i + 1) % 20, 7000 + i, List.of(), i, answers(AT), Set.of(), "7.2.4");
        }
        return many.taken(Taken.byHand(""));
    }

    private static Contact answers(Instant at) {
        return new Contact.Answers(at, 180);
    }

    private String hosts = "h%d";

    private static Exemplar six(String hosts, String version) {
        var six = new Exemplar();
        six.hosts = hosts;
        six.put(9000, 1, 0, List.of(new SlotRange(0, 5460)), 12, answers(AT), Set.of(), version);
        six.put(9001, 2, 0, List.of(new SlotRange(5461, 10_922)), 2, answers(AT), Set.of(), version);
        six.put(9002, 3, 0, List.of(new SlotRange(10_923, 16_383)), 3, answers(AT), Set.of(), version);
        six.put(9004, 2, 9000, List.of(), 12, answers(AT), Set.of(), version);
        six.put(9005, 3, 9001, List.of(), 2, answers(AT), Set.of(), version);
        six.put(9003, 1, 9002, List.of(), 3, answers(AT), Set.of(), version);
        six.health.add(new Finding(
                "one-more",
                Level.NOTE,
                Optional.empty(),
                Say.of("event.joined", "node", "9003"),
                Say.of("event.answers", "node", "9003"),
                Say.of("snapshot.no-next"),
                Optional.empty()));
        return six;
    }

    private void put(
            int port,
            int host,
            int master,
            List<SlotRange> slots,
            long epoch,
            Contact contact,
            Set<Flag> flags,
            String version) {
        var info = new LinkedHashMap<String, String>();
        info.put("redis_version", version);
        info.put("db0", "keys=1204882,expires=0,avg_ttl=0");
        info.put("used_memory", "1310000000");
        info.put("instantaneous_ops_per_sec", "18420");
        info.put("master_repl_offset", "1000");
        info.put("slave_repl_offset", "788");
        info.put("master_link_status", "up");
        info.put("config:port", "" + port);
        info.put("config:maxmemory", version.equals("6.2.4") ? "2147483648" : "4294967296");
        info.put("config:appendonly", "yes");
        info.put("config:requirepass", SECRET);
        info.put("config:masterauth", SECRET);
        info.put("config:tls-key-file-pass", SECRET);
        nodes.put(
                id(port),
                new Node(
                        id(port),
                        new NodeAddress("10.20.0." + (173 + host), port),
                        Optional.of(new HostName(hosts.formatted(host))),
                        master == 0 ? Role.MASTER : Role.REPLICA,
                        master == 0 ? Optional.empty() : Optional.of(id(master)),
                        slots,
                        Map.of(),
                        Map.of(),
                        flags,
                        Set.of(),
                        epoch,
                        flags.isEmpty(),
                        contact,
                        Optional.of(new NodeInfo(at, info, Map.of("cluster_state", "ok"))),
                        Map.of()));
    }

    private Snapshot taken(Taken taken) {
        var masters = nodes.values().stream().filter(Node::isMaster).toList();
        var owner = new short[SlotRange.SLOTS];
        Arrays.fill(owner, (short) -1);
        for (int i = 0; i < masters.size(); i++) {
            for (var range : masters.get(i).slots()) {
                Arrays.fill(owner, range.from(), range.to() + 1, (short) i);
            }
        }
        var owners = new SlotOwners(masters.stream().map(Node::id).toList(), owner);
        return new Snapshot(
                new ClusterState(
                        name,
                        at,
                        java.util.Collections.unmodifiableMap(new LinkedHashMap<>(nodes)),
                        Map.of(),
                        List.of(),
                        List.copyOf(health),
                        owners,
                        epoch,
                        Duration.ZERO,
                        0),
                taken);
    }
}
