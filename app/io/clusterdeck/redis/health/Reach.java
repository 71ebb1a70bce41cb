package io.clusterdeck.redis.health;

import static io.clusterdeck.redis.health.Findings.about;
import static io.clusterdeck.redis.health.Findings.whole;

import io.clusterdeck.redis.link.LeastAcl;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether nodes answer, us and each other. */
final class Reach {

    private Reach() {}

    /** So many addresses are named, the rest is counted. */
    private static final int NAMED = 6;

    /** The whole cluster is stopped: its machines say so, or something before them turns us away from all of it. */
    static Stream<Finding> noneRuns(Case at) {
        if (!all(at, Contact.Gone::refused)) {
            return Stream.empty();
        }
        int count = at.strangers().size();
        var named = at.strangers().keySet().stream().map(NodeAddress::toString).limit(NAMED);
        var addresses = Stream.concat(named, count > NAMED ? Stream.of("…") : Stream.empty());
        var how = all(at, Contact.Gone::nothingListens) ? "stopped" : "shut";
        return Stream.of(whole(
                ClusterState.STOPPED,
                Level.BAD,
                Optional.of("start-all"),
                "what",
                Say.of("health.none-runs." + how),
                "told",
                Say.of("health.none-runs." + how + ".told", "count", count, "addresses", addresses.toList())));
    }

    /** How a node that is gone turned us away. */
    private interface Away {
        boolean from(Contact.Gone gone, NodeAddress node, Optional<HostName> host);
    }

    private static boolean all(Case at, Away away) {
        return at.state().nodes().isEmpty()
                && !at.strangers().isEmpty()
                && at.strangers().entrySet().stream()
                        .allMatch(e -> e.getValue() instanceof Contact.Gone gone
                                && away.from(gone, e.getKey(), at.hosts().apply(e.getKey())));
    }

    /** An address we were given, and nothing is known of who is there; a node that others tell of is spoken of as such. */
    static Stream<Finding> nobodyThere(Case at) {
        if (all(at, Contact.Gone::refused)) {
            return Stream.empty();
        }
        return at.strangers().entrySet().stream().filter(e -> !told(at, e)).flatMap(e -> switch (e.getValue()) {
            case Contact.Gone gone ->
                Stream.of(
                        whole("nobody-there", Level.BAD, Optional.empty(), "address", e.getKey(), "told", gone.why()));
            case Contact.Refuses refuses ->
                Stream.of(Identity.cure(refuses)
                        .map(c -> whole(
                                "untrusted",
                                Level.BAD,
                                Optional.empty(),
                                "node",
                                e.getKey(),
                                "told",
                                refuses.why(),
                                "cure",
                                c))
                        .orElseGet(() -> whole(
                                "nobody-there",
                                Level.BAD,
                                Optional.empty(),
                                "address",
                                e.getKey(),
                                "told",
                                refuses.why())));
            case Contact.Silent silent ->
                Stream.of(whole(
                        "nobody-there",
                        Level.BAD,
                        Optional.empty(),
                        "address",
                        e.getKey(),
                        "told",
                        Say.of("link.silent", "node", e.getKey())));
            case Contact.Answers answers ->
                Stream.of(whole("no-cluster-node", Level.BAD, Optional.empty(), "address", e.getKey()));
            case Contact.Unknown unknown -> Stream.<Finding>empty();
        });
    }

    private static boolean told(Case at, Map.Entry<NodeAddress, Contact> stranger) {
        return !(stranger.getValue() instanceof Contact.Answers)
                && at.nodes()
                        .map(Node::address)
                        .anyMatch(a -> a.toString().equals(stranger.getKey().toString()));
    }

    /** Dead for everybody: a node without a process is an outage even while it holds no slots. */
    static Stream<Finding> down(Case at) {
        return at.nodes().filter(n -> !at.missedByUsOnly(n)).flatMap(n -> switch (n.contact()) {
            case Contact.Gone gone ->
                Stream.of(
                        at.dead(n)
                                ? about(n, "node-down", Level.BAD, remedy("start", n), "told", gone.why())
                                : away(at, n, gone.why()));
            case Contact.Silent silent -> Stream.of(about(n, "node-silent", Level.BAD, Optional.empty()));
            default ->
                n.failed()
                        ? Stream.of(about(
                                n,
                                n.contact() instanceof Contact.Unknown ? "node-failed-unheard" : "node-failed",
                                Level.BAD,
                                Optional.empty(),
                                "count",
                                n.suspectedBy().size()))
                        : Stream.<Finding>empty();
        });
    }

    /** Whoever is sent to start a node that runs, because only the way to it is lost, loses time and trust. */
    private static Finding away(Case at, Node node, Say told) {
        int suspects = node.suspectedBy().size();
        Say others;
        Say next;
        if (at.nodes().noneMatch(Node::answers)) {
            others = Say.of("health.node-away.nobody");
            next = Say.of("health.node-away.nobody.next");
        } else if (node.givenUp()) {
            others = Say.of("health.node-away.missed", "count", suspects);
            next = Say.of("health.node-away.missed.next");
        } else {
            others = Say.of(node.linkUp() ? "health.node-away.linked" : "health.node-away.unlinked");
            next = Say.of(
                    "health.node-away.wait.next", "t", Terms.seen(at.state()).suspectedAfter());
        }
        return about(node, "node-away", Level.BAD, Optional.empty(), "told", told, "others", others, "next", next);
    }

    /** We do not reach it, and every other node does: nothing is wrong with the cluster. */
    static Stream<Finding> unreached(Case at) {
        return at.nodes().filter(at::missedByUsOnly).map(n -> about(n, "unreached", Level.WARN, Optional.empty()));
    }

    static Stream<Finding> refusesUs(Case at) {
        return at.nodes()
                .flatMap(n -> n.contact() instanceof Contact.Refuses r
                                && !r.why().key().equals("link.untrusted")
                        ? Stream.of(about(n, "refuses-us", Level.WARN, Optional.empty(), "told", r.why()))
                        : Stream.empty());
    }

    static Stream<Finding> refusesCommands(Case at) {
        return at.nodes().filter(n -> !n.refused().isEmpty()).map(n -> {
            var commands = n.refused().keySet().stream().sorted().toList();
            return about(
                    n,
                    "refused-commands",
                    Level.NOTE,
                    Optional.empty(),
                    "commands",
                    commands,
                    "told",
                    Objects.requireNonNull(n.refused().get(commands.getFirst())),
                    "acl",
                    LeastAcl.text());
        });
    }

    static Stream<Finding> loading(Case at) {
        return at.nodes()
                .filter(Node::answers)
                .filter(n -> n.info()
                        .flatMap(i -> i.text("loading"))
                        .filter("1"::equals)
                        .isPresent())
                .map(n -> about(
                        n,
                        "loading",
                        Level.WARN,
                        Optional.empty(),
                        "percent",
                        n.info().flatMap(i -> i.text("loading_loaded_perc")).orElse("?"),
                        "seconds",
                        n.info().flatMap(i -> i.text("loading_eta_seconds")).orElse("?")));
    }

    static Optional<String> remedy(String operation, Node node) {
        return Optional.of(operation + ":" + node.id());
    }
}
