package io.clusterdeck.cli;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeSite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The first look at a cluster. */
final class Sight {

    /** How long hosts are waited for once the nodes were heard: they look at a dozen things, some of them slowly. */
    private static final Duration HOSTS = Duration.ofSeconds(5);

    /** How long nobody has answered before that is taken for the state of things; an address is tried several times meanwhile. */
    private static final Duration SURE = Duration.ofSeconds(1);

    private Sight() {}

    /**
     * Its state once every node was heard, was given up, or is given up by the others, also where that is none at all; after {@code limit}
     * as it is then.
     */
    static ClusterState of(OpenCluster cluster, Duration limit) throws InterruptedException {
        var sure = cluster.watch().now().at().plus(SURE);
        return until(
                cluster,
                s -> complete(s) || silent(cluster, s) || s.at().isAfter(sure) && complete(s, Node::givenUp),
                limit);
    }

    /** Likewise, and its hosts were looked at: what findings about disks, kernels and reboots rest on. Where they are slow, without that. */
    static ClusterState whole(OpenCluster cluster, Duration limit) throws InterruptedException {
        var heard = of(cluster, limit);
        if (!complete(heard, Node::givenUp)) {
            return heard;
        }
        var hosts = limit.compareTo(HOSTS) < 0 ? limit : HOSTS;
        return until(
                cluster,
                s -> complete(s, Node::givenUp)
                        && cluster.looked().filter(t -> s.at().isAfter(t)).isPresent(),
                hosts);
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
        var spec = cluster.spec();
        var kept = Stream.concat(spec.seeds().stream(), spec.sites().stream().map(NodeSite::address))
                .distinct()
                .toList();
        return state.nodes().isEmpty()
                && !kept.isEmpty()
                && kept.stream()
                        .allMatch(at ->
                                away(cluster.watch().contact(at), state.at().minus(SURE)));
    }

    private static boolean away(Contact contact, Instant before) {
        return switch (contact) {
            case Contact.Gone gone -> gone.since().isBefore(before);
            case Contact.Refuses refuses -> refuses.since().isBefore(before);
            case Contact.Silent silent -> false; // it may only be slow
            case Contact.Answers answers -> false;
            case Contact.Unknown unknown -> false;
        };
    }

    private static boolean complete(ClusterState state) {
        return complete(state, n -> false);
    }

    /** @param settled of which nodes enough is known though we have not heard whether they answer us */
    private static boolean complete(ClusterState state, Predicate<Node> settled) {
        return !state.nodes().isEmpty()
                && state.nodes().values().stream()
                        .noneMatch(n -> n.contact() instanceof Contact.Unknown && !settled.test(n)
                                || n.answers() && n.info().isEmpty());
    }
}
