package io.clusterdeck.bench;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.RealRedis;
import io.clusterdeck.redis.build.Building;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * A hundred servers on this computer, from the first start to a cluster in which every shard has taken a write: the steps of a plan from
 * "start" on, checks and journal included. Beside it redis-cli on a hundred servers that run already.
 */
final class LargeBench implements Bench {

    private static final int SERVERS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "large";
    }

    @Override
    public List<Row> measure() throws Exception {
        double ours = ours();
        var what = SERVERS + " servers started by us → the same state";
        var cli = RedisCli.find();
        if (cli.isEmpty()) {
            return List.of(Row.figure(what, ours, 6_000, Row::millis));
        }
        var servers = RealRedis.cluster(SERVERS);
        try (var closing = RealRedis.closing(servers)) {
            var rival = cli.get().create(servers, PATIENCE);
            var name = "redis-cli on " + SERVERS + " running";
            return List.of(
                    rival.isPresent()
                            ? Row.time(what, ours, name, rival.getAsDouble(), 6_000)
                            : Row.atMost(what, ours, name, PATIENCE.toMillis(), 6_000));
        }
    }

    private static double ours() throws Exception {
        var folder = Files.createTempDirectory("large-bench");
        try (var building = Building.local(folder).password("a password of the bench")) {
            int port = Ports.block(SERVERS);
            var plan = building.plan(Building.read("""
                name: bench
                hosts: [{name: here, ssh: local}]
                redis: {source: packaged}
                layout: {root: "%s/root", ports: %s, masters: %d, replicas: 1}
                config: {cluster-node-timeout: 15000}
                """.formatted(
                    folder, IntStream.range(port, port + SERVERS).boxed().toList(), SERVERS / 2)));
            var began = new AtomicLong();
            var start = plan.plan().stages().stream()
                    .filter(s -> s.id().equals("start"))
                    .findFirst()
                    .orElseThrow();
            building.haltAt(start.steps().getFirst().id().value(), () -> began.compareAndSet(0, System.nanoTime()));
            try {
                var run = building.run(plan.plan());
                double took = (System.nanoTime() - began.get()) / 1e6;
                if (run.ended().orElseThrow().outcome() != Outcome.DONE) {
                    throw new IllegalStateException(Building.why(run));
                }
                return took;
            } finally {
                building.shutDown(plan);
            }
        }
    }
}
