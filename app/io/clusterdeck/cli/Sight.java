package io.clusterdeck.cli;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** The first look at a cluster. */
final class Sight {

    /** How long hosts are waited for once the nodes were heard: they look at a dozen things, some of them slowly. */
    private static final Duration HOSTS = Duration.ofSeconds(5);

    private Sight() {}

    /** Its state once every node was heard or given up; after {@code limit} as it is then. */
    static ClusterState of(OpenCluster cluster, Duration limit) throws InterruptedException {
        return until(cluster, Sight::complete, limit);
    }

    /** Likewise, and its hosts were looked at: what findings about disks, kernels and reboots rest on. Where they are slow, without that. */
    static ClusterState whole(OpenCluster cluster, Duration limit) throws InterruptedException {
        var heard = of(cluster, limit);
        if (!complete(heard)) {
            return heard;
        }
        var hosts = limit.compareTo(HOSTS) < 0 ? limit : HOSTS;
        return until(
                cluster,
                s -> complete(s)
                        && cluster.looked().filter(t -> s.at().isAfter(t)).isPresent(),
                hosts);
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

    private static boolean complete(ClusterState state) {
        return !state.nodes().isEmpty()
                && state.nodes().values().stream()
                        .noneMatch(n -> n.contact() instanceof Contact.Unknown
                                || n.answers() && n.info().isEmpty());
    }
}
