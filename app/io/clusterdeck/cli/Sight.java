package io.clusterdeck.cli;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The first look at a cluster. */
final class Sight {

    /** How long nodes are waited for where nobody says otherwise. */
    static final int USUAL = 30;

    /** How long hosts are waited for then, once the nodes were heard: they look at a dozen things, some of them slowly. */
    private static final Duration HOSTS = Duration.ofSeconds(5);

    /** How long nobody has answered before that is taken for the state of things; an address is tried several times meanwhile. */
    private static final Duration SURE = Duration.ofSeconds(1);

    /** How long a node that does not answer in time is waited for where others answer: on a busy computer answers take seconds. */
    private static final Duration SLOW = Duration.ofSeconds(3);

    /** After that it is said what is waited for. */
    static final Duration LONG = Duration.ofSeconds(2);

    private Sight() {}

    /**
     * Its state once every node was heard, was given up, or is given up by the others, also where that is none at all; after {@code limit}
     * as it is then.
     *
     * @param waits is told once who is waited for, where that takes long
     */
    static ClusterState of(OpenCluster cluster, Duration limit, Consumer<Say> waits) throws InterruptedException {
        var began = cluster.watch().now().at();
        var sure = began.plus(SURE);
        // opening a watch alone takes seconds where there is much to do: nobody was asked before its first state
        var first = new AtomicLong(Long.MAX_VALUE);
        var told = new AtomicBoolean();
        return until(
                cluster,
                s -> {
                    var settled = Predicate.<Node>not(n -> mayBeSlow(n.contact(), s.at()))
                            .or(Node::givenUp);
                    boolean known = complete(s, n -> false, settled)
                            || silent(cluster, s)
                            || s.at().isAfter(sure) && complete(s, Node::givenUp, settled);
                    boolean asked =
                            s.at().isAfter(began) && !first.compareAndSet(Long.MAX_VALUE, s.at().toEpochMilli());
                    boolean slow = asked && s.at().toEpochMilli() - first.get() > LONG.toMillis();
                    var who = !known && slow ? awaited(cluster, s) : List.<Say>of();
                    if (!who.isEmpty() && told.compareAndSet(false, true)) {
                        waits.accept(Say.of("cli.waits", "seconds", limit.toSeconds(), "nodes", who));
                    }
                    return known;
                },
                limit);
    }

    /**
     * Likewise, and its hosts were looked at: what findings about disks, kernels and reboots rest on. Where they are slow, without that,
     * unless somebody said that it may take longer.
     */
    static ClusterState whole(OpenCluster cluster, Duration limit, Consumer<Say> waits) throws InterruptedException {
        var heard = of(cluster, limit, waits);
        if (!complete(heard, Node::givenUp, n -> true)) {
            return heard;
        }
        var hosts = limit.compareTo(HOSTS) < 0 || limit.toSeconds() > USUAL ? limit : HOSTS;
        return until(
                cluster,
                s -> complete(s, Node::givenUp, n -> true)
                        && cluster.looked().filter(t -> s.at().isAfter(t)).isPresent(),
                hosts);
    }

    /** Who has not answered and may only be slow, each with how we know it; where no node is known yet, of the addresses that are kept. */
    static List<Say> awaited(OpenCluster cluster, ClusterState state) {
        if (!state.nodes().isEmpty()) {
            return state.nodes().values().stream()
                    .filter(n -> !n.givenUp() && !(n.contact() instanceof Contact.Answers) && !absent(n.contact()))
                    .map(n -> awaited(n.address(), n.contact()))
                    .toList();
        }
        return kept(cluster).stream()
                .filter(at -> !absent(cluster.watch().contact(at)))
                .map(at -> awaited(at, cluster.watch().contact(at)))
                .toList();
    }

    private static Say awaited(NodeAddress at, Contact contact) {
        var how = switch (contact) {
            case Contact.Silent silent -> Say.of("cli.status.silent");
            case Contact.Gone gone -> Say.of("link.reason.timeout");
            default -> Say.of("cli.status.unknown");
        };
        return Say.of("cli.waits.for", "node", at, "how", how);
    }

    /** Nodes of which nothing is known: they have not been heard, and the others have not given them up. */
    static List<Node> unheard(ClusterState state) {
        return state.nodes().values().stream()
                .filter(n -> n.contact() instanceof Contact.Unknown && !n.givenUp())
                .toList();
    }

    static ClusterState until(OpenCluster cluster, Predicate<ClusterState> wanted, Duration limit)
            throws InterruptedException {
        var found = new CompletableFuture<ClusterState>();
        try (var subscription = cluster.watch().each(state -> check(state, wanted, found))) {
            check(cluster.watch().now(), wanted, found);
            return found.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return cluster.watch().now();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible); // it is only ever completed with a value
        }
    }

    private static void check(
            ClusterState state, Predicate<ClusterState> wanted, CompletableFuture<ClusterState> found) {
        if (wanted.test(state)) {
            found.complete(state);
        }
    }

    /** Nobody answers at any address that is kept, and not only just now: more will not be known by waiting. */
    private static boolean silent(OpenCluster cluster, ClusterState state) {
        var kept = kept(cluster);
        return state.nodes().isEmpty()
                && !kept.isEmpty()
                && kept.stream()
                        .allMatch(at ->
                                away(cluster.watch().contact(at), state.at().minus(SURE)));
    }

    private static List<NodeAddress> kept(OpenCluster cluster) {
        var spec = cluster.spec();
        return Stream.concat(spec.seeds().stream(), spec.sites().stream().map(NodeSite::address))
                .distinct()
                .toList();
    }

    private static boolean away(Contact contact, Instant before) {
        return absent(contact) && since(contact).isBefore(before);
    }

    /** Somebody told us so: its host, that nothing listens, or it itself, that we may not. Who tells nothing may only be slow. */
    private static boolean absent(Contact contact) {
        return contact instanceof Contact.Gone gone && !late(gone) || contact instanceof Contact.Refuses;
    }

    private static boolean late(Contact.Gone gone) {
        return gone.why().args().get("reason") instanceof Say reason
                && reason.key().equals("link.reason.timeout");
    }

    /** It did not answer in time, and has not had much of it yet. */
    private static boolean mayBeSlow(Contact contact, Instant now) {
        return (contact instanceof Contact.Silent || contact instanceof Contact.Gone gone && late(gone))
                && since(contact).isAfter(now.minus(SLOW));
    }

    private static Instant since(Contact contact) {
        return switch (contact) {
            case Contact.Gone gone -> gone.since();
            case Contact.Refuses refuses -> refuses.since();
            case Contact.Silent silent -> silent.since();
            case Contact.Answers answers -> answers.at();
            case Contact.Unknown unknown -> Instant.MAX;
        };
    }

    /**
     * @param unheard of which nodes enough is known though we have not heard whether they answer us
     * @param settled of which of those that did not answer that is known
     */
    private static boolean complete(ClusterState state, Predicate<Node> unheard, Predicate<Node> settled) {
        return !state.nodes().isEmpty()
                && state.nodes().values().stream()
                        .noneMatch(n -> n.contact() instanceof Contact.Unknown && !unheard.test(n)
                                || n.answers() && n.info().isEmpty()
                                || !settled.test(n));
    }
}
