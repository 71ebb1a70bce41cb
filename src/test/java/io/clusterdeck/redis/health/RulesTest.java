package io.clusterdeck.redis.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Disagreement;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import io.clusterdeck.words.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each rule on a case where it must speak, and the healthy cluster where all must be silent. */
class RulesTest {

    private static final Instant NOW = Instant.EPOCH;
    private static final Contact GONE = new Contact.Gone(NOW, Say.of("link.reason.refused"));

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Disagreement> disagreements = new ArrayList<>();

    RulesTest() {
        // three hosts, each with a master and the replica of the next
        for (int i = 1; i <= 3; i++) {
            add("m" + i, i, 9000, Role.MASTER, "", (i - 1) * 5000, i == 3 ? 16383 : i * 5000 - 1);
        }
        for (int i = 1; i <= 3; i++) {
            add("r" + i, i % 3 + 1, 9001, Role.REPLICA, "m" + i, 1, 0);
        }
    }

    private void add(String id, int host, int port, Role role, String master, int from, int to) {
        var info = new HashMap<>(Map.of(
                "redis_version",
                "6.2.7",
                "aof_enabled",
                "1",
                "aof_last_write_status",
                "ok",
                "aof_last_bgrewrite_status",
                "ok",
                "rdb_last_bgsave_status",
                "ok",
                "loading",
                "0",
                "config:save",
                ""));
        if (role == Role.REPLICA) {
            info.put("master_link_status", "up");
        }
        nodes.put(
                id,
                new Node(
                        new NodeId(id),
                        new NodeAddress("10.0.0." + host, port),
                        Optional.empty(),
                        role,
                        master.isEmpty() ? Optional.empty() : Optional.of(new NodeId(master)),
                        from <= to ? List.of(new SlotRange(from, to)) : List.of(),
                        Map.of(),
                        Map.of(),
                        Set.of(role == Role.MASTER ? Flag.MASTER : Flag.REPLICA),
                        Set.of(),
                        1,
                        true,
                        new Contact.Answers(NOW, 100),
                        Optional.of(new NodeInfo(NOW, info, Map.of("cluster_state", "ok", "cluster_known_nodes", "6"))),
                        Map.of()));
    }

    private void change(String id, UnaryOperator<Node> how) {
        nodes.computeIfPresent(id, (k, n) -> how.apply(n));
    }

    private void contact(String id, Contact contact) {
        change(
                id,
                n -> copy(
                        n,
                        n.role(),
                        n.slots(),
                        n.flags(),
                        n.suspectedBy(),
                        n.linkUp(),
                        contact,
                        n.info(),
                        n.refused()));
    }

    private void info(String id, String key, String value) {
        change(id, n -> {
            var info = new HashMap<>(n.info().orElseThrow().info());
            var cluster = new HashMap<>(n.info().orElseThrow().clusterInfo());
            (key.startsWith("cluster_") ? cluster : info).put(key, value);
            return copy(
                    n,
                    n.role(),
                    n.slots(),
                    n.flags(),
                    n.suspectedBy(),
                    n.linkUp(),
                    n.contact(),
                    Optional.of(new NodeInfo(NOW, info, cluster)),
                    n.refused());
        });
    }

    private static Node copy(
            Node n,
            Role role,
            List<SlotRange> slots,
            Set<Flag> flags,
            Set<NodeId> suspectedBy,
            boolean linkUp,
            Contact contact,
            Optional<NodeInfo> info,
            Map<String, String> refused) {
        return new Node(
                n.id(),
                n.address(),
                n.host(),
                role,
                n.master(),
                slots,
                n.migrating(),
                n.importing(),
                flags,
                suspectedBy,
                n.epoch(),
                linkUp,
                contact,
                info,
                refused);
    }

    private void die(String id) {
        change(
                id,
                n -> copy(
                        n,
                        n.role(),
                        n.slots(),
                        Set.of(n.isMaster() ? Flag.MASTER : Flag.REPLICA, Flag.FAIL),
                        Set.of(new NodeId("m1"), new NodeId("m2")),
                        false,
                        GONE,
                        n.info(),
                        n.refused()));
    }

    private ClusterState state() {
        var byId = new LinkedHashMap<NodeId, Node>();
        var masters = new ArrayList<NodeId>();
        var owner = new short[SlotRange.SLOTS];
        Arrays.fill(owner, (short) -1);
        for (var n : nodes.values()) {
            byId.put(n.id(), n);
            if (!n.slots().isEmpty()) {
                short index = (short) masters.size();
                masters.add(n.id());
                n.slots().forEach(r -> Arrays.fill(owner, r.from(), r.to() + 1, index));
            }
        }
        return new ClusterState(
                "six",
                NOW,
                byId,
                Map.of(),
                disagreements,
                List.of(),
                new SlotOwners(masters, owner),
                3,
                Duration.ofMillis(100),
                0);
    }

    private List<Finding> check() {
        return checked(Case.of(state()));
    }

    /** Every finding must also be sayable: in both languages, with no hole left open. */
    private static List<Finding> checked(Case at) {
        var findings = Rules.check(at);
        for (var f : findings) {
            for (var locale : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
                for (var say : List.of(f.title(), f.why(), f.next())) {
                    var words = Words.in(locale).say(say);
                    assertFalse(words.contains("{") || words.contains("health.") || words.contains("watch."), words);
                }
            }
        }
        return findings;
    }

    private static List<String> names(List<Finding> findings) {
        return findings.stream().map(Finding::rule).toList();
    }

    private Finding only(String rule) {
        var found = check().stream().filter(f -> f.rule().equals(rule)).toList();
        assertEquals(1, found.size(), () -> names(check()).toString());
        return found.getFirst();
    }

    @Test
    void aHealthyClusterHasNone() {
        assertEquals(List.of(), names(check()));
    }

    @Test
    void noClusterYetAndNothingElse() {
        nodes.clear();
        for (int i = 1; i <= 3; i++) {
            add("m" + i, i, 9000, Role.MASTER, "", 1, 0);
            info("m" + i, "cluster_known_nodes", "1");
            info("m" + i, "cluster_state", "fail");
        }
        var f = only("no-cluster");
        assertEquals(Optional.of("create"), f.remedy());
        assertEquals(1, check().size());
        assertEquals(3L, ((Number) f.why().args().get("count")).longValue());
    }

    @Test
    void aDeadMasterWithAReplica() {
        die("m2");
        info("m1", "cluster_state", "fail");
        assertEquals(Optional.of("failover:r2"), only("slots-unserved").remedy());
        assertEquals(Optional.of("start:m2"), only("node-down").remedy());
        assertEquals(
                "health.cluster-fail.coverage",
                ((Say) only("cluster-fail").why().args().get("reason")).key());
        assertEquals(Health.FAIL, withHealth().verdict());
    }

    private ClusterState withHealth() {
        var s = state();
        return new ClusterState(
                s.name(),
                s.at(),
                s.nodes(),
                s.views(),
                s.disagreements(),
                Rules.check(Case.of(s)),
                s.owners(),
                s.currentEpoch(),
                s.tick(),
                s.cost());
    }

    @Test
    void aDeadMasterWithoutOne() {
        die("m2");
        die("r2");
        assertEquals(Optional.of("start:m2"), only("slots-lost").remedy());
    }

    @Test
    void halfOfTheMastersDead() {
        die("m2");
        die("m3");
        info("m1", "cluster_state", "fail");
        assertEquals(
                "health.cluster-fail.minority",
                ((Say) only("cluster-fail").why().args().get("reason")).key());
    }

    @Test
    void slotsWithoutAnOwner() {
        change(
                "m2",
                n -> copy(
                        n,
                        n.role(),
                        List.of(new SlotRange(5000, 9000)),
                        n.flags(),
                        n.suspectedBy(),
                        true,
                        n.contact(),
                        n.info(),
                        n.refused()));
        var f = only("slots-uncovered");
        assertEquals(999L, ((Number) f.why().args().get("count")).longValue());
        assertEquals(List.of("9001–9999"), f.why().args().get("ranges"));
    }

    @Test
    void aStoppedProcess() {
        change(
                "r1",
                n -> copy(
                        n,
                        n.role(),
                        n.slots(),
                        n.flags(),
                        Set.of(new NodeId("m1")),
                        false,
                        new Contact.Silent(NOW),
                        n.info(),
                        n.refused()));
        only("node-silent");
        only("master-without-replica");
    }

    @Test
    void weDoNotReachItButTheOthersDo() {
        contact("r1", GONE);
        assertEquals(Level.WARN, only("unreached").level());
        assertFalse(names(check()).contains("node-down"));
    }

    @Test
    void itAnswersUsButTheOthersGaveItUp() {
        change(
                "m1",
                n -> copy(
                        n,
                        n.role(),
                        n.slots(),
                        Set.of(Flag.MASTER, Flag.FAIL),
                        Set.of(new NodeId("m2"), new NodeId("m3")),
                        false,
                        n.contact(),
                        n.info(),
                        n.refused()));
        assertEquals(Level.BAD, only("node-failed").level());
    }

    @Test
    void oneWaySuspicion() {
        change(
                "m1",
                n -> copy(
                        n,
                        n.role(),
                        n.slots(),
                        n.flags(),
                        Set.of(new NodeId("m2")),
                        false,
                        n.contact(),
                        n.info(),
                        n.refused()));
        assertEquals(
                List.of("10.0.0.2:9000"), only("one-way-suspicion").why().args().get("by"));
        assertEquals(19000L, ((Number) only("one-way-suspicion").next().args().get("port")).longValue());
    }

    @Test
    void refusals() {
        contact("m1", new Contact.Refuses(NOW, Say.of("link.wants-password", "node", "x")));
        only("refuses-us");
        change(
                "m2",
                n -> copy(
                        n,
                        n.role(),
                        n.slots(),
                        n.flags(),
                        n.suspectedBy(),
                        n.linkUp(),
                        n.contact(),
                        n.info(),
                        Map.of("CONFIG GET", "NOPERM")));
        assertEquals(
                List.of("CONFIG GET"), only("refused-commands").why().args().get("commands"));
    }

    @Test
    void nobodyAtAnAddress() {
        var at = new NodeAddress("10.0.0.9", 9000);
        for (var contact :
                List.of(GONE, new Contact.Silent(NOW), new Contact.Refuses(NOW, Say.of("link.full", "node", at)))) {
            var found = checked(new Case(state(), Map.of(at, contact), false, HostFacts.NONE));
            assertEquals(List.of("nobody-there"), names(found));
            assertEquals(Level.BAD, found.getFirst().level());
        }
        assertEquals(
                List.of("no-cluster-node"),
                names(checked(new Case(state(), Map.of(at, new Contact.Answers(NOW, 1)), false, HostFacts.NONE))));
        // others tell of a node there: what is to be said is said of that
        var known = state().nodes().values().iterator().next().address();
        var plain = new NodeAddress(known.host(), known.port());
        assertEquals(List.of(), names(checked(new Case(state(), Map.of(plain, GONE), false, HostFacts.NONE))));
    }

    @Test
    void placement() {
        nodes.remove("r1");
        add("r1", 1, 9001, Role.REPLICA, "m1", 1, 0);
        assertEquals(
                Optional.of(new NodeId("r1")), only("replica-beside-master").node());
    }

    @Test
    void twoOfThreeMastersOnOneHostAfterAFailover() {
        // r2 on host 3 took over from m2: host 3 has m3 and r2; handing back to m2 (host 2) makes it good again
        change(
                "m2",
                n -> new Node(
                        n.id(),
                        n.address(),
                        n.host(),
                        Role.REPLICA,
                        Optional.of(new NodeId("r2")),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Set.of(Flag.REPLICA),
                        Set.of(),
                        1,
                        true,
                        n.contact(),
                        n.info(),
                        Map.of()));
        info("m2", "master_link_status", "up");
        change(
                "r2",
                n -> new Node(
                        n.id(),
                        n.address(),
                        n.host(),
                        Role.MASTER,
                        Optional.empty(),
                        List.of(new SlotRange(5000, 9999)),
                        Map.of(),
                        Map.of(),
                        Set.of(Flag.MASTER),
                        Set.of(),
                        7,
                        true,
                        n.contact(),
                        n.info(),
                        Map.of()));
        var f = only("masters-on-one-host");
        assertEquals("10.0.0.3", f.why().args().get("host"));
        assertEquals(Optional.of("failover:m2"), f.remedy());
    }

    @Test
    void oneHostIsANoteAndNotManyWarnings() {
        nodes.clear();
        for (int i = 1; i <= 3; i++) {
            add("m" + i, 1, 9000 + i, Role.MASTER, "", (i - 1) * 5000, i == 3 ? 16383 : i * 5000 - 1);
            add("r" + i, 1, 9010 + i, Role.REPLICA, "m" + i, 1, 0);
        }
        assertEquals(List.of("one-host"), names(check()));
        assertEquals(Level.NOTE, check().getFirst().level());
        assertEquals(Health.OK, withHealth().verdict());
    }

    @Test
    void disagreementsAreExplained() {
        disagreements.add(new Disagreement("m1", "master", Map.of(new NodeId("m2"), "m3", new NodeId("m3"), "-")));
        var why = Words.in(Locale.ENGLISH).say(only("nodes-disagree").why());
        assertTrue(why.contains("10.0.0.1:9000") && why.contains("10.0.0.2:9000: 10.0.0.3:9000"), why);
        disagreements.clear();
        disagreements.add(new Disagreement("m1", "failed", Map.of(new NodeId("m2"), "pfail", new NodeId("m3"), "ok")));
        assertEquals(List.of(), names(check()), "suspicion has a rule of its own");
    }

    @Test
    void replication() {
        info("r1", "master_link_status", "down");
        info("r1", "master_link_down_since_seconds", "42");
        assertEquals(42_000L, ((Number) only("replica-link-down").why().args().get("t")).longValue());
        info("r1", "master_sync_in_progress", "1");
        only("replica-syncs");
    }

    @Test
    void tooFewReplicasToTakeWrites() {
        info("m1", "config:min-replicas-to-write", "1");
        info("m1", "slave0", "ip=10.0.0.2,port=9001,state=online,offset=0,lag=1");
        assertEquals(List.of(), names(check()));
        info("m1", "slave0", "ip=10.0.0.2,port=9001,state=wait_bgsave,offset=0,lag=1");
        assertEquals(Level.BAD, only("too-few-replicas").level());
        info("m1", "config:min-replicas-max-lag", "0");
        assertEquals(List.of(), names(check()), "a lag of 0 switches it off");
        info("m1", "config:min-replicas-max-lag", "10");
        die("r1");
        assertEquals(Optional.of("start:r1"), only("too-few-replicas").remedy());
    }

    @Test
    void lagByTimeAndByBytes() {
        info("m1", "master_repl_offset", "5000000");
        info("m1", "repl_backlog_size", "1048576");
        info("m1", "slave0", "ip=10.0.0.2,port=9001,state=online,offset=4999000,lag=1");
        assertEquals(List.of(), names(check()));
        info("m1", "slave0", "ip=10.0.0.2,port=9001,state=online,offset=4999000,lag=11");
        assertEquals(Optional.of(new NodeId("r1")), only("replica-lag").node());
        info("m1", "slave0", "ip=10.0.0.2,port=9001,state=online,offset=1000000,lag=0");
        assertEquals(4_000_000L, ((Number) only("replica-lag").why().args().get("size")).longValue());
        info("m1", "slave0", "ip=10.0.0.2,port=9001,state=wait_bgsave,offset=0,lag=0");
        assertEquals(List.of(), names(check()), "it copies, it does not lag");
    }

    @Test
    void files() {
        info("m1", "aof_last_write_status", "err");
        assertEquals(Optional.of("check-aof:m1"), only("aof-not-written").remedy());
        assertEquals(Level.BAD, only("aof-not-written").level());
        info("m2", "aof_last_bgrewrite_status", "err");
        only("aof-not-rewritten");
        info("m3", "rdb_last_bgsave_status", "err");
        info("m3", "config:stop-writes-on-bgsave-error", "yes");
        assertEquals(Level.WARN, only("rdb-not-saved").level(), "without save points it takes writes");
        info("m3", "config:save", "3600 1");
        assertEquals(Level.BAD, only("writes-refused").level());
        assertFalse(names(check()).contains("rdb-not-saved"));
        info("m3", "config:stop-writes-on-bgsave-error", "no");
        only("rdb-not-saved");
        info("m3", "rdb_last_bgsave_status", "ok");
        info("r3", "rdb_last_bgsave_status", "err");
        info("r3", "config:save", "3600 1");
        info("r3", "config:stop-writes-on-bgsave-error", "yes");
        assertEquals(Level.WARN, only("rdb-not-saved").level(), "a replica refuses writes anyhow");
        info("r1", "aof_enabled", "0");
        only("persistence-off");
        info("r1", "config:save", "3600 1");
        assertFalse(names(check()).contains("persistence-off"));
    }

    @Test
    void theDisk() {
        HostFacts facts = id -> Optional.of(
                new HostFacts.Disk(id.value().equals("m1") ? 4 : id.value().equals("m2") ? 14 : 15, 100));
        var found = checked(new Case(state(), Map.of(), false, facts));
        assertEquals(List.of("disk-nearly-full", "disk-nearly-full"), names(found));
        assertEquals(
                List.of(Level.BAD, Level.WARN),
                found.stream().map(Finding::level).toList());
    }

    @Test
    void versions() {
        info("r1", "redis_version", "6.2.14");
        assertEquals(List.of("mixed-versions"), names(check()), "6.2.x reads 6.2.y");
        info("r1", "redis_version", "7.0.15");
        assertEquals(List.of("mixed-versions"), names(check()));
        info("r1", "redis_version", "6.0.16");
        assertEquals(Level.WARN, only("replica-older").level());
    }

    @Test
    void openSlots() {
        change(
                "m1",
                n -> new Node(
                        n.id(),
                        n.address(),
                        n.host(),
                        n.role(),
                        n.master(),
                        n.slots(),
                        Map.of(7, new NodeId("m2"), 5, new NodeId("m2")),
                        Map.of(),
                        n.flags(),
                        n.suspectedBy(),
                        1,
                        true,
                        n.contact(),
                        n.info(),
                        Map.of()));
        assertEquals(List.of("5", "7"), only("open-slots").why().args().get("slots"));
    }

    @Test
    void loading() {
        info("r1", "loading", "1");
        info("r1", "loading_loaded_perc", "12.5");
        assertEquals("12.5", only("loading").why().args().get("percent"));
    }

    @Test
    void noPassword() {
        assertEquals(List.of("no-password"), names(checked(new Case(state(), Map.of(), true, HostFacts.NONE))));
    }

    @Test
    void worstFirst() {
        info("m2", "aof_last_bgrewrite_status", "err");
        info("m1", "aof_last_write_status", "err");
        change(
                "m3",
                n -> copy(
                        n,
                        n.role(),
                        n.slots(),
                        n.flags(),
                        n.suspectedBy(),
                        n.linkUp(),
                        n.contact(),
                        n.info(),
                        Map.of("INFO", "NOPERM")));
        assertEquals(
                List.of(Level.BAD, Level.WARN, Level.NOTE),
                check().stream().map(Finding::level).toList());
    }
}
