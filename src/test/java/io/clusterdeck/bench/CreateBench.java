package io.clusterdeck.bench;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.RealRedis;
import io.clusterdeck.redis.create.CreateOperations;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Six running, empty servers made a cluster, until every node says ok, all agree, every link is up and writes are accepted. */
final class CreateBench implements Bench {

    private static final int TIMES = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "create";
    }

    @Override
    public List<Row> measure() throws Exception {
        double ours = median(this::ours);
        var what = "create on 6 running servers → ok, agreed, linked, written";
        var cli = RedisCli.find();
        return List.of(
                cli.isEmpty()
                        ? Row.figure(what, ours, 1500, Row::millis)
                        : Row.time(
                                what,
                                ours,
                                "redis-cli --cluster create",
                                median((servers, links) ->
                                        cli.get().create(servers, LIMIT).orElseThrow()),
                                1500));
    }

    private interface Once {
        double millis(List<RealRedis> servers, LettuceLinks links) throws Exception;
    }

    private static double median(Once once) throws Exception {
        var times = new ArrayList<Double>();
        for (int i = 0; i < TIMES; i++) {
            var servers = RealRedis.cluster(6);
            // they run, as the row says: for 2 s after its start a server is not ok, whoever asks
            // (CLUSTER_WRITABLE_DELAY in cluster.c)
            Thread.sleep(2500);
            try (var closing = RealRedis.closing(servers);
                    var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE)) {
                times.add(once.millis(servers, links));
            }
        }
        return times.stream().sorted().toList().get(TIMES / 2);
    }

    private double ours(List<RealRedis> servers, LettuceLinks links) throws Exception {
        var seeds = servers.stream().map(RealRedis::address).toList();
        var spec = new ClusterSpec("bench", false, false, List.of(), seeds, ClusterSpec.Access.DIRECT, "", List.of());
        try (var watch = new ClusterWatch(() -> spec, links)) {
            watch.look(LIMIT);
            var ops = new Ops(() -> spec, watch::now, links, new NoHosts(), site -> {});
            if (!(new CreateOperations(ops).offer(1) instanceof Offer.Ready ready)) {
                throw new IllegalStateException("refused");
            }
            long began = System.nanoTime();
            for (var step : ready.plan().steps()) {
                step.apply(ops.ground(), line -> {});
                if (!(step.check(ops.ground()) instanceof Verdict.Done)) {
                    throw new IllegalStateException(step.id() + " is not done");
                }
            }
            return (System.nanoTime() - began) / 1e6;
        }
    }

    private record NoHosts() implements Ground {
        @Override
        public Host host(HostName name) {
            throw new IllegalStateException("no host is needed");
        }

        @Override
        public Optional<Secret> secret(String name) {
            return Optional.empty();
        }
    }
}
