package io.clusterdeck.bench;

import io.clusterdeck.redis.RealRedis;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.redis.watch.Settled;
import io.clusterdeck.say.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Watching six real nodes: what it costs them, by their own count of processor time, and how soon a death is shown. What counts as known
 * is a node's own CLUSTER NODES, asked every few milliseconds; the rival is a loop that asks once a second.
 */
final class WatchBench implements Bench {

    private static final Duration SPAN = Duration.ofSeconds(10);
    private static final int DEATHS = 3;

    @Override
    public String name() {
        return "watch";
    }

    @Override
    public List<Row> measure() throws Exception {
        return List.of(cost(), death());
    }

    private static ClusterSpec spec(List<RealRedis> servers) {
        var seed = List.of(servers.getLast().address());
        return new ClusterSpec("bench", false, false, List.of(), seed, ClusterSpec.Access.DIRECT, "", List.of());
    }

    private static Row cost() throws Exception {
        var servers = RealRedis.formed(3, 1);
        try (var closing = RealRedis.closing(servers);
                var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE)) {
            Settled.await(links, servers.stream().map(RealRedis::address).toList(), Duration.ofSeconds(60), line -> {});
            double alone = busiest(links, servers);
            try (var watch = new ClusterWatch(() -> spec(servers), links)) {
                watch.look(Duration.ofSeconds(10));
                double watched = busiest(links, servers);
                return Row.figure(
                        "cost to the watched, busiest of 6 nodes",
                        Math.max(0, watched - alone) * 100,
                        0.5,
                        Row::percent);
            }
        }
    }

    /** The share of its main thread that the busiest node used. */
    private static double busiest(Links links, List<RealRedis> servers) throws Exception {
        var before = servers.stream().map(s -> used(links, s)).toList();
        long began = System.nanoTime();
        Thread.sleep(SPAN);
        double seconds = (System.nanoTime() - began) / 1e9;
        double most = 0;
        for (int i = 0; i < servers.size(); i++) {
            most = Math.max(most, (used(links, servers.get(i)) - before.get(i)) / seconds);
        }
        return most;
    }

    private static double used(Links links, RealRedis server) {
        try (var link = links.act(server.address())) {
            var cpu = InfoParser.parse(link.call("INFO", "cpu").text());
            return Double.parseDouble(cpu.getOrDefault("used_cpu_sys_main_thread", "0"))
                    + Double.parseDouble(cpu.getOrDefault("used_cpu_user_main_thread", "0"));
        } catch (Failure | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Row death() throws Exception {
        double shown = 0;
        double loop = 0;
        for (int i = 0; i < DEATHS; i++) {
            var times = oneDeath();
            shown = Math.max(shown, times[0]);
            loop = Math.max(loop, times[1]);
        }
        return Row.time("a node's death → shown, worst of " + DEATHS, Math.max(0, shown), "a loop of 1 s", loop, 250);
    }

    /** Milliseconds after the first node knew: shown by us, and by the loop. */
    private static double[] oneDeath() throws Exception {
        var servers = RealRedis.formed(3, 1, "cluster-node-timeout", "1500");
        try (var closing = RealRedis.closing(servers);
                var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
                var watch = new ClusterWatch(() -> spec(servers), links)) {
            Settled.await(links, servers.stream().map(RealRedis::address).toList(), Duration.ofSeconds(60), line -> {});
            watch.look(Duration.ofSeconds(10));
            var shown = new CompletableFuture<Long>();
            try (var subscription = watch.each(s -> {
                if (s.nodes().values().stream().anyMatch(n -> !n.suspectedBy().isEmpty())) {
                    shown.complete(System.nanoTime());
                }
            })) {
                var rest = servers.subList(1, servers.size());
                servers.getFirst().kill();
                var loop = knows(links, rest.subList(0, 1), 1000);
                var first = knows(links, rest, 5);
                long known = first.get(30, TimeUnit.SECONDS);
                return new double[] {
                    (shown.get(30, TimeUnit.SECONDS) - known) / 1e6, (loop.get(30, TimeUnit.SECONDS) - known) / 1e6
                };
            }
        }
    }

    /** When the first of these says that a node is suspected, asked every so many milliseconds. */
    private static CompletableFuture<Long> knows(Links links, List<RealRedis> servers, long every) {
        var known = new CompletableFuture<Long>();
        for (var server : servers) {
            Thread.ofVirtual().start(() -> {
                try (var link = links.act(server.address())) {
                    while (!known.isDone() && !suspects(link)) {
                        Thread.sleep(every);
                    }
                    known.complete(System.nanoTime());
                } catch (Failure | InterruptedException failed) {
                    known.completeExceptionally(failed);
                }
            });
        }
        return known;
    }

    private static boolean suspects(Link link) throws Failure, InterruptedException {
        return link.call("CLUSTER", "NODES").text().contains("fail");
    }
}
