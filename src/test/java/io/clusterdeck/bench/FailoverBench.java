package io.clusterdeck.bench;

import io.clusterdeck.redis.RealRedis;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.LogReader;
import io.clusterdeck.redis.timeline.What;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.redis.watch.Settled;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.ssh.RemotePath;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A failover of six real nodes: how long after the first log line of any node that could have told it each step is shown. The nodes log
 * at debug level, since the suspicion is written nowhere else.
 */
final class FailoverBench implements Bench {

    private static final int DEATHS = 3;

    /** What is shown, and the lines that could have told it. */
    private enum Step {
        SUSPECTED(EnumSet.of(What.SUSPECTS), n -> !n.suspectedBy().isEmpty()),
        FAILED(EnumSet.of(What.MARKS_FAIL, What.HEARS_FAIL), Node::failed),
        REPLACED(EnumSet.of(What.WON), n -> false);

        private final Set<What> lines;
        private final Predicate<Node> shows;

        Step(Set<What> lines, Predicate<Node> shows) {
            this.lines = lines;
            this.shows = shows;
        }

        private boolean shown(ClusterState s, long masters) {
            var nodes = s.nodes().values();
            return this == REPLACED
                    ? nodes.stream().filter(Node::isMaster).count() > masters
                    : nodes.stream().anyMatch(shows);
        }
    }

    @Override
    public String name() {
        return "failover";
    }

    @Override
    public List<Row> measure() throws Exception {
        var worst = new double[Step.values().length];
        for (int i = 0; i < DEATHS; i++) {
            var one = oneDeath();
            for (int s = 0; s < worst.length; s++) {
                worst[s] = Math.max(worst[s], one[s]);
            }
        }
        var rows = new ArrayList<Row>();
        var titles = List.of("suspected (PFAIL)", "failed (FAIL)", "replaced by a new master");
        for (var step : Step.values()) {
            rows.add(Row.figure(
                    "a master's death → " + titles.get(step.ordinal())
                            + " shown, after the first log line that could have told, worst of " + DEATHS,
                    worst[step.ordinal()],
                    250,
                    Row::millis));
        }
        return rows;
    }

    private static double[] oneDeath() throws Exception {
        var servers = RealRedis.formed(3, 1, "cluster-node-timeout", "1500", "loglevel", "debug");
        var spec = new ClusterSpec(
                "bench",
                false,
                false,
                List.of(),
                List.of(servers.getLast().address()),
                ClusterSpec.Access.DIRECT,
                "",
                List.of());
        try (var closing = RealRedis.closing(servers);
                var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
                var watch = new ClusterWatch(() -> spec, links)) {
            Settled.await(links, servers.stream().map(RealRedis::address).toList(), Duration.ofSeconds(60), line -> {});
            long masters = watch.look(Duration.ofSeconds(10)).nodes().values().stream()
                    .filter(Node::isMaster)
                    .count();
            var shown = new ArrayList<CompletableFuture<Instant>>();
            while (shown.size() < Step.values().length) {
                shown.add(new CompletableFuture<>());
            }
            try (var subscription = watch.each(s -> {
                for (var step : Step.values()) {
                    if (step.shown(s, masters)) {
                        shown.get(step.ordinal()).complete(Instant.now());
                    }
                }
            })) {
                var killed = Instant.now();
                servers.getFirst().kill();
                var late = new double[Step.values().length];
                for (var step : Step.values()) {
                    var at = shown.get(step.ordinal()).get(60, TimeUnit.SECONDS);
                    var told = firstLine(servers, step, killed);
                    late[step.ordinal()] =
                            Math.max(0, Duration.between(told, at).toNanos() / 1e6);
                }
                return late;
            }
        }
    }

    private static Instant firstLine(List<RealRedis> servers, Step step, Instant killed) throws IOException {
        Instant first = Instant.MAX;
        for (var server : servers) {
            var reader = new LogReader(new NodeId(Integer.toString(server.port())), ZoneId.systemDefault());
            var file = server.dir().resolve("redis.log");
            for (var text : Files.readAllLines(file)) {
                var line = new LogLine(new HostName("here"), new RemotePath(file.toString()), 0, -1, text);
                var told = reader.read(line).filter(f -> step.lines.contains(f.what()) && f.at().isAfter(killed));
                if (told.isPresent() && told.get().at().isBefore(first)) {
                    first = told.get().at();
                }
            }
        }
        return first;
    }
}
