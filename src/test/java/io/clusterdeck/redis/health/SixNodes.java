package io.clusterdeck.redis.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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

/** A healthy cluster of three masters and three replicas on three hosts, to be made ill; a new one for each test. */
abstract class SixNodes {

    static final Instant NOW = Instant.EPOCH;
    static final Contact GONE = gone(NOW);

    static Contact gone(Instant since) {
        return gone(since, "link.reason.refused");
    }

    static Contact gone(Instant since, String reason) {
        return new Contact.Gone(since, Say.of("link.unreachable", "node", "x", "reason", Say.of(reason)));
    }

    final Map<String, Node> nodes = new LinkedHashMap<>();
    final List<Disagreement> disagreements = new ArrayList<>();

    SixNodes() {
        // three hosts, each with a master and the replica of the next
        for (int i = 1; i <= 3; i++) {
            add("m" + i, i, 9000, Role.MASTER, "", (i - 1) * 5000, i == 3 ? 16383 : i * 5000 - 1);
        }
        for (int i = 1; i <= 3; i++) {
            add("r" + i, i % 3 + 1, 9001, Role.REPLICA, "m" + i, 1, 0);
        }
    }

    void add(String id, int host, int port, Role role, String master, int from, int to) {
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

    void change(String id, UnaryOperator<Node> how) {
        nodes.computeIfPresent(id, (k, n) -> how.apply(n));
    }

    void contact(String id, Contact contact) {
        change(id, n -> new NodeLike(n).contact(contact).node());
    }

    void info(String id, String key, String value) {
        change(id, n -> {
            var info = new HashMap<>(n.info().orElseThrow().info());
            var cluster = new HashMap<>(n.info().orElseThrow().clusterInfo());
            (key.startsWith("cluster_") ? cluster : info).put(key, value);
            return new NodeLike(n)
                    .info(Optional.of(new NodeInfo(NOW, info, cluster)))
                    .node();
        });
    }

    void die(String id) {
        die(id, GONE);
    }

    void die(String id, Contact seen) {
        change(
                id,
                n -> new NodeLike(n)
                        .flags(Set.of(n.isMaster() ? Flag.MASTER : Flag.REPLICA, Flag.FAIL))
                        .suspectedBy(Set.of(new NodeId("m1"), new NodeId("m2")))
                        .linkUp(false)
                        .contact(seen)
                        .node());
    }

    ClusterState state() {
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

    List<Finding> check() {
        return checked(Case.of(state()));
    }

    /** Every finding must also be sayable: in both languages, with no hole left open. */
    static List<Finding> checked(Case at) {
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

    static List<String> names(List<Finding> findings) {
        return findings.stream().map(Finding::rule).toList();
    }

    Finding only(String rule) {
        var found = check().stream().filter(f -> f.rule().equals(rule)).toList();
        assertEquals(1, found.size(), () -> names(check()).toString());
        return found.getFirst();
    }

    ClusterState withHealth() {
        return with(Rules.check(Case.of(state())));
    }

    ClusterState with(List<Finding> health) {
        var s = state();
        return new ClusterState(
                s.name(),
                s.at(),
                s.nodes(),
                s.views(),
                s.disagreements(),
                health,
                s.owners(),
                s.currentEpoch(),
                s.tick(),
                s.cost());
    }
}
