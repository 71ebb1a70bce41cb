package io.clusterdeck.deck;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.HostSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Finds out what a cluster consists of, starting from one address. */
final class Adopting {

    private Adopting() {}

    /** How long nodes are looked for, beyond the first whole look at their hosts. */
    private static final Duration MATCHING = Duration.ofSeconds(20);

    /**
     * Keeps it once every node was matched, or after a while as it is then; fails where the one address tells nothing.
     *
     * @param told what was found so far, about once a second
     */
    static Search.Adopted patiently(Deck deck, Adoption wish, Consumer<Found> told)
            throws Failure, InterruptedException {
        var news = new LinkedBlockingQueue<Found>();
        try (var search = deck.search(wish, news::add)) {
            Instant since = null;
            while (true) {
                var found = news.poll(1, TimeUnit.SECONDS);
                var now = found == null ? search.now() : found;
                if (now.failure().isPresent()) {
                    throw now.failure().get();
                }
                if (since == null && !now.nodes().isEmpty()) {
                    since = Instant.now();
                }
                if (since != null && over(now, Duration.between(since, Instant.now()))) {
                    return search.keep(wish.name());
                }
                told.accept(now);
            }
        }
    }

    /**
     * Whether nothing more is to be waited for. A host with much to do, or with many servers, takes its time to be looked at: until then
     * nodes that were not found may be there.
     *
     * @param heard how long ago the nodes were
     */
    static boolean over(Found now, Duration heard) {
        return now.whole() || stuck(now) || now.looked() && heard.compareTo(MATCHING) > 0;
    }

    /** Whether no host is left that could be looked at. */
    private static boolean stuck(Found found) {
        return found.hosts().stream().allMatch(h -> h.why().isPresent())
                && found.nodes().stream().noneMatch(n -> n.node().contact() instanceof Contact.Unknown);
    }

    /** Why one address told nothing of its cluster. */
    static Failure why(NodeAddress seed, Contact contact) {
        return switch (contact) {
            case Contact.Refuses no ->
                new SignInRefused(
                        Say.of("deck.adopt.refused", "node", seed, "why", no.why()), Say.of("deck.adopt.refused.next"));
            case Contact.Gone gone ->
                new Unreachable(
                        Say.of("deck.adopt.gone", "node", seed, "why", gone.why()),
                        Say.of(closed(gone.why()) ? "deck.adopt.closed.next" : "deck.adopt.gone.next"));
            default -> new Unreachable(Say.of("deck.adopt.silent", "node", seed), Say.of("deck.adopt.gone.next"));
        };
    }

    /** As one does that speaks TLS, and is not spoken to so. */
    private static boolean closed(Say why) {
        return why.args().get("reason") instanceof Say reason && reason.key().equals("link.reason.closed");
    }

    /**
     * With every node as a seed, and a host for every address that no given host stands for. Where all goes through hosts, another one is
     * thought of only for a node that none of them runs: behind an address translation its address is that of no host.
     *
     * @param sought whether a node was looked for on all hosts
     */
    static ClusterSpec complete(ClusterSpec spec, ClusterState seen, Predicate<NodeId> sought) {
        var seeds = new LinkedHashSet<NodeAddress>(spec.seeds());
        var hosts = new ArrayList<HostSpec>(spec.hosts());
        var nodes = seen.nodes().values().stream()
                .filter(n -> !n.address().host().isEmpty())
                .toList();
        nodes.stream().map(Node::address).forEach(seeds::add);
        boolean direct = spec.access() == ClusterSpec.Access.DIRECT;
        nodes.stream()
                .filter(n -> direct || sought.test(n.id()))
                .map(Node::address)
                .filter(a -> direct || spec.sites().stream().noneMatch(s -> s.at(a)))
                .map(NodeAddress::host)
                .distinct()
                .filter(a -> hosts.stream()
                        .noneMatch(h -> h.address().equals(a)
                                || h.name().equals(HostSpec.of(a).name())))
                .forEach(a -> hosts.add(host(a, spec)));
        return spec.withSeeds(List.copyOf(seeds)).withHosts(hosts);
    }

    /** Loopback is this computer; another machine is signed in to as the first that was given, and through it where all goes through it. */
    private static HostSpec host(String address, ClusterSpec spec) {
        var given = spec.hosts();
        var plain = HostSpec.of(address);
        if (address.startsWith("127.") || address.equals("::1") || address.equals("localhost")) {
            return new HostSpec(plain.name(), "local", 0, null, List.of(), null, false);
        }
        if (given.isEmpty()) {
            return plain;
        }
        var first = given.getFirst();
        boolean through = spec.access() == ClusterSpec.Access.THROUGH_HOSTS;
        return new HostSpec(
                plain.name(),
                address,
                first.port(),
                first.user(),
                first.keys(),
                through ? first.name().value() : first.jump(),
                first.password());
    }
}
