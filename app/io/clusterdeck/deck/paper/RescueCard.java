package io.clusterdeck.deck.paper;

import io.clusterdeck.deck.paper.CardPart.Commands;
import io.clusterdeck.deck.paper.CardPart.Table;
import io.clusterdeck.deck.paper.CardPart.Text;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.SshLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an operator needs of a cluster on the day when this computer is gone: where everything is, and the exact lines that look, start,
 * stop and fail over. From what is kept and what was last seen; a cluster that does not answer has a card, too. No secret.
 */
public final class RescueCard {

    private final ClusterSpec spec;
    private final ClusterState state;
    private final Instant at;
    private final ByHand hand;

    public RescueCard(ClusterSpec spec, ClusterState state, Instant at) {
        this.spec = spec;
        this.state = state;
        this.at = at;
        this.hand = new ByHand(spec);
    }

    public String cluster() {
        return spec.name();
    }

    public Instant at() {
        return at;
    }

    /** The card's parts from its top to its foot. */
    public List<CardPart> parts() {
        var parts = new ArrayList<CardPart>();
        parts.add(new Text(Say.of("paper.card.what", "cluster", spec.name(), "at", at)));
        parts.add(new Text(Say.of("paper.card.no-secret")));
        parts.add(look());
        parts.add(new Text(ByHand.PROGRAM));
        parts.add(nodes());
        spec.hosts().forEach(h -> host(h, parts));
        unplaced(parts);
        failover(parts);
        parts.add(new Commands(Say.of("paper.card.all-down"), Say.of("paper.card.all-down.why"), List.of(check())));
        parts.add(new Text(Say.of("paper.card.never")));
        return List.copyOf(parts);
    }

    private CardPart look() {
        var lines = new ArrayList<String>();
        boolean asks = anyNode().filter(a -> hand.asks(hostOf(a))).isPresent();
        if (!asks) {
            lines.add(ByHand.PASSWORD);
        }
        anyNode().ifPresent(a -> {
            lines.add(hand.redis(hostOf(a), a, List.of("CLUSTER", "INFO")));
            lines.add(hand.redis(hostOf(a), a, List.of("CLUSTER", "NODES")));
        });
        lines.add(check());
        return new Commands(
                Say.of("paper.card.look"), Say.of(asks ? "paper.card.look.through" : "paper.card.look.why"), lines);
    }

    private String check() {
        return anyNode().map(a -> hand.look(hostOf(a), a)).orElse("redis-cli --cluster check HOST:PORT");
    }

    private Optional<NodeAddress> anyNode() {
        return ordered().stream()
                .map(Node::address)
                .findFirst()
                .or(() -> spec.seeds().stream().findFirst())
                .or(() -> spec.sites().stream().map(NodeSite::address).findFirst());
    }

    private List<Node> ordered() {
        return state.nodes().values().stream()
                .sorted(Comparator.comparing((Node n) -> !n.isMaster())
                        .thenComparing(n -> n.address().toString()))
                .toList();
    }

    private HostName hostOf(NodeAddress address) {
        return site(address).map(NodeSite::host).orElseGet(() -> new HostName(address.host()));
    }

    private Optional<NodeSite> site(NodeAddress address) {
        return spec.sites().stream().filter(s -> s.at(address)).findFirst();
    }

    private CardPart nodes() {
        var rows = new ArrayList<List<Object>>();
        for (var node : ordered()) {
            var pid = node.info().flatMap(i -> i.text("process_id")).orElse("–");
            rows.add(List.of(
                    node.address().toString(),
                    Say.of(node.isMaster() ? "paper.master" : "paper.replica"),
                    node.isMaster() ? slots(node) : masterOf(node),
                    hostOf(node.address()).value(),
                    pid,
                    node.id().value()));
        }
        if (rows.isEmpty()) {
            spec.sites()
                    .forEach(s -> rows.add(
                            List.of(s.address().toString(), "–", "–", s.host().value(), "–", "–")));
        }
        return new Table(
                Say.of("paper.card.nodes"),
                List.of(
                        Say.of("paper.col.node"),
                        Say.of("paper.col.role"),
                        Say.of("paper.col.slots"),
                        Say.of("paper.col.host"),
                        Say.of("paper.col.pid"),
                        Say.of("paper.col.id")),
                rows);
    }

    private static String slots(Node node) {
        return node.slots().isEmpty()
                ? "–"
                : node.slots().stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private String masterOf(Node node) {
        return node.master().flatMap(state::node).map(m -> "← " + m.address()).orElse("–");
    }

    private void host(HostSpec host, List<CardPart> to) {
        var sites =
                spec.sites().stream().filter(s -> s.host().equals(host.name())).toList();
        var lines = new ArrayList<String>();
        if (!host.local()) {
            lines.add(SshLine.to(host));
        }
        lines.add("ps -ef | grep '[r]edis-server'");
        var rows = new ArrayList<List<Object>>();
        for (var site : sites) {
            rows.add(List.of(
                    Integer.toString(site.port()),
                    site.binary().value(),
                    site.conf().value(),
                    site.directory().value(),
                    site.log().map(Object::toString).orElse("–"),
                    site.user().orElse("–"),
                    site.unit().orElse("–")));
            lines.add("# " + site.address());
            lines.add(hand.start(site));
            site.unit().ifPresent(u -> lines.add("sudo systemctl stop " + io.clusterdeck.ssh.Quote.word(u)));
            ByHand.log(site).ifPresent(lines::add);
        }
        var title =
                Say.of("paper.card.host", "host", host.name(), "address", host.local() ? "localhost" : host.address());
        to.add(new Table(title, places(), rows));
        to.add(new Commands(
                Say.of("paper.card.on-host", "host", host.name()), Say.of("paper.card.on-host.why"), lines));
    }

    private static List<Say> places() {
        return List.of(
                Say.of("paper.col.port"),
                Say.of("paper.col.binary"),
                Say.of("paper.col.conf"),
                Say.of("paper.col.data"),
                Say.of("paper.col.log"),
                Say.of("paper.col.user"),
                Say.of("paper.col.unit"));
    }

    /** Nodes of which only the address is known: said, rather than left out. */
    private void unplaced(List<CardPart> to) {
        var without = ordered().stream()
                .map(Node::address)
                .filter(a -> site(a).isEmpty())
                .map(Object::toString)
                .toList();
        if (!without.isEmpty()) {
            to.add(new Text(Say.of("paper.card.unplaced", "nodes", without)));
        }
    }

    private void failover(List<CardPart> to) {
        var replicas = ordered().stream().filter(n -> !n.isMaster()).toList();
        if (replicas.isEmpty()) {
            return;
        }
        var lines = new ArrayList<String>();
        for (var replica : replicas) {
            var address = replica.address();
            lines.add("# " + masterOf(replica).replace("← ", "") + " → " + address);
            lines.add(hand.redis(hostOf(address), address, List.of("CLUSTER", "FAILOVER")));
        }
        to.add(new Commands(Say.of("paper.card.failover"), Say.of("paper.card.failover.why"), lines));
    }
}
