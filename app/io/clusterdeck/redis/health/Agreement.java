package io.clusterdeck.redis.health;

import static io.clusterdeck.redis.health.Findings.about;
import static io.clusterdeck.redis.health.Findings.whole;

import io.clusterdeck.redis.config.Drift;
import io.clusterdeck.redis.model.Disagreement;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.say.Say;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the nodes believe the same, and run the same. */
final class Agreement {

    private static final int NAMED = 3;

    private Agreement() {}

    static Stream<Finding> disagree(Case at) {
        var all = at.state().disagreements().stream()
                .filter(d -> !d.aspect().equals("failed"))
                .toList();
        if (all.isEmpty()) {
            return Stream.empty();
        }
        var examples = all.stream().limit(NAMED).map(d -> example(at, d)).toList();
        return Stream.of(
                whole("nodes-disagree", Level.WARN, Optional.empty(), "count", all.size(), "examples", examples));
    }

    /** Of a node that is another one now; what still hangs on such an entry is told as a node that is down. */
    static Stream<Finding> noAddress(Case at) {
        Set<List<NodeRow>> told = Collections.newSetFromMap(new IdentityHashMap<>()); // equal views share their rows
        at.state().views().values().forEach(v -> told.add(v.rows()));
        var ids = told.stream()
                .flatMap(List::stream)
                .filter(r -> r.has(Flag.NOADDR) && at.state().node(r.id()).isEmpty())
                .map(r -> r.id().value())
                .distinct()
                .sorted()
                .toList();
        return ids.isEmpty()
                ? Stream.empty()
                : Stream.of(whole(
                        "no-address",
                        Level.NOTE,
                        Optional.empty(),
                        "count",
                        ids.size(),
                        "ids",
                        ids.stream().limit(NAMED).toList(),
                        "id",
                        ids.getFirst()));
    }

    /** Some suspect a node that most others, and we, reach: a broken way between two machines. */
    static Stream<Finding> oneWay(Case at) {
        return at.nodes()
                .filter(n -> !n.suspectedBy().isEmpty() && !n.failed() && n.answers())
                .map(n -> about(
                        n,
                        "one-way-suspicion",
                        Level.WARN,
                        Optional.empty(),
                        "by",
                        names(at, n.suspectedBy().stream().toList()),
                        "count",
                        n.suspectedBy().size(),
                        "port",
                        n.address().busPort()));
    }

    /** An older replica cannot read the RDB of a newer master; otherwise it is a rolling upgrade on its way. */
    static Stream<Finding> versions(Case at) {
        var versions = at.nodes()
                .flatMap(n -> n.info().stream())
                .map(i -> i.version())
                .filter(v -> !v.isEmpty())
                .collect(Collectors.groupingBy(v -> v, TreeMap::new, Collectors.counting()));
        if (versions.size() < 2) {
            return Stream.empty();
        }
        var older = at.nodes().filter(n -> olderThanMaster(at, n)).toList();
        return Stream.of(whole(
                older.isEmpty() ? "mixed-versions" : "replica-older",
                older.isEmpty() ? Level.NOTE : Level.WARN,
                Optional.empty(),
                "versions",
                versions.entrySet().stream()
                        .map(e -> Say.of("health.version-count", "version", e.getKey(), "n", e.getValue()))
                        .toList(),
                "nodes",
                older.stream().limit(NAMED).map(n -> n.address().toString()).toList()));
    }

    /** Settings in which the nodes differ: after a failover the cluster behaves otherwise than before. */
    static Stream<Finding> drift(Case at) {
        var all = at.facts().drift();
        return all.isEmpty()
                ? Stream.empty()
                : Stream.of(whole(
                        "config-drift",
                        Level.WARN,
                        Optional.empty(),
                        "count",
                        all.size(),
                        "examples",
                        all.stream().limit(NAMED).map(d -> drift(at, d)).toList()));
    }

    private static Say drift(Case at, Drift.Difference d) {
        return Say.of(
                "health.drift",
                "directive",
                d.directive(),
                "says",
                d.values().stream()
                        .map(v -> Say.of("health.opinion", "who", names(at, v.nodes()), "what", v.value()))
                        .toList());
    }

    /** A password is missing where strangers can come in. */
    static Stream<Finding> open(Case at) {
        boolean reachable = at.nodes()
                .filter(Node::answers)
                .anyMatch(n -> !n.address().host().startsWith("127.")
                        && !n.address().host().equals("::1")
                        && !n.address().host().equals("localhost"));
        return at.anonymous() && reachable
                ? Stream.of(whole("no-password", Level.NOTE, Optional.empty()))
                : Stream.empty();
    }

    private static boolean olderThanMaster(Case at, Node node) {
        var master = node.master().flatMap(at.state()::node);
        return master.isPresent() && compare(version(node), version(master.get())) < 0;
    }

    private static String version(Node node) {
        return node.info().map(i -> i.version()).orElse("");
    }

    /** By major and minor version; an unknown one is not older. */
    private static int compare(String a, String b) {
        return a.isEmpty() || b.isEmpty() ? 0 : Integer.compare(rank(a), rank(b));
    }

    private static int rank(String version) {
        var parts = version.split("\\.");
        try {
            return Integer.parseInt(parts[0]) * 1000 + (parts.length > 1 ? Integer.parseInt(parts[1]) : 0);
        } catch (NumberFormatException odd) {
            return 0;
        }
    }

    private static Say example(Case at, Disagreement d) {
        var opinions = d.says().entrySet().stream()
                .collect(Collectors.groupingBy(
                        e -> e.getValue(),
                        java.util.LinkedHashMap::new,
                        Collectors.mapping(e -> e.getKey(), Collectors.toList())));
        return Say.of(
                "health.disagreement",
                "node",
                at.address(new NodeId(d.about())),
                "aspect",
                Say.of("watch.aspect." + d.aspect()),
                "says",
                opinions.entrySet().stream()
                        .map(e -> Say.of(
                                "health.opinion", "who", names(at, e.getValue()), "what", opinion(at, d, e.getKey())))
                        .toList());
    }

    private static String opinion(Case at, Disagreement d, String value) {
        return d.aspect().equals("master") && !value.equals("-") ? at.address(new NodeId(value)) : value;
    }

    private static List<String> names(Case at, List<NodeId> ids) {
        var names = new java.util.ArrayList<>(
                ids.stream().limit(NAMED).map(at::address).toList());
        if (ids.size() > NAMED) {
            names.add("+" + (ids.size() - NAMED));
        }
        return names;
    }
}
