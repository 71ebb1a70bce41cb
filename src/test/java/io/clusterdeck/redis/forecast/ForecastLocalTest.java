package io.clusterdeck.redis.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.forecast.Forecast.Outage;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Operated;
import io.clusterdeck.redis.nodes.Successors;
import io.clusterdeck.redis.nodes.Terms;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forecasts beside what real servers then do, asked from the servers themselves. */
class ForecastLocalTest {
    @TempDir
    Path folder;

    /** Masters, replicas of each, full coverage, and which servers die at once. */
    @ParameterizedTest
    @CsvSource({"3, 1, yes, 0", "3, 2, no, 1", "3, 1, yes, 0 1", "3, 0, no, 2", "3, 1, no, 0 3"})
    @Tag("local")
    void happensAsForeseen(int masters, int replicas, String coverage, String die) throws Exception {
        check(masters, replicas, coverage, die);
    }

    @ParameterizedTest
    @CsvSource({"5, 2, yes, 0 1", "5, 1, yes, 0 1 2", "7, 2, no, 3", "4, 2, yes, 0 4 8", "5, 3, no, 2 7"})
    @Tag("soak")
    void happensAsForeseenInLargerOnes(int masters, int replicas, String coverage, String die) throws Exception {
        check(masters, replicas, coverage, die);
    }

    /** A replica with paused writers hears its master and applies nothing: it stays behind, and answers. */
    @Test
    @Tag("local")
    void whoIsAheadIsNamedAndWins() throws Exception {
        var cluster = LocalCluster.start(3, 2, "cluster-node-timeout 2000");
        try (var operated = new Operated(cluster, folder)) {
            cluster.call(3, "CLIENT", "PAUSE", "120000", "WRITE");
            var key = IntStream.range(0, 100)
                    .mapToObj(i -> "key " + i)
                    .filter(k -> cluster.call(0, "SET", k, "0").equals("OK"))
                    .findFirst()
                    .orElseThrow();
            for (int i = 0; i < 20; i++) {
                assertEquals("OK", cluster.call(0, "SET", key, "x".repeat(10_000)));
            }
            cluster.until("it is named", () -> named(operated).isPresent());
            assertEquals(operated.node(6).id(), named(operated).orElseThrow());
            cluster.signal(0, "KILL");
            var heirs = List.of(3, 6);
            cluster.until(
                    "taken over",
                    () -> heirs.stream().anyMatch(i -> cluster.info(i, "role").equals("master")));
            assertEquals("master", cluster.info(6, "role"));
        }
    }

    private static Optional<NodeId> named(Operated operated) {
        var state = operated.ops.now().get();
        var terms = Terms.seen(state);
        var shard = Forecast.of(state, Loss.of(List.of(operated.node(0))), terms)
                .shards()
                .getFirst();
        return terms.nodeTimeout() == 2_000
                        && shard.successors() instanceof Successors.One one
                        && one.why().key().equals("nodes.successor.ahead")
                ? Optional.of(one.winner().id())
                : Optional.empty();
    }

    private void check(int masters, int replicas, String coverage, String die) throws Exception {
        var cluster = LocalCluster.start(
                masters, replicas, "cluster-node-timeout 2000", "cluster-require-full-coverage " + coverage);
        try (var operated = new Operated(cluster, folder)) {
            cluster.until(
                    "settings were read",
                    () -> Terms.seen(operated.ops.now().get()).nodeTimeout() == 2_000);
            var dead = java.util.Arrays.stream(die.split(" "))
                    .map(Integer::parseInt)
                    .toList();
            var state = operated.ops.now().get();
            var forecast =
                    Forecast.of(state, Loss.of(dead.stream().map(operated::node).toList()), Terms.seen(state));
            dead.forEach(i -> cluster.signal(i, "KILL"));
            var alive = IntStream.range(0, cluster.servers().size())
                    .filter(i -> !dead.contains(i))
                    .boxed()
                    .toList();
            for (var shard : forecast.shards()) {
                boolean comesBack = shard.outage() instanceof Outage.Between;
                int slot = shard.master().slots().getFirst().from();
                if (comesBack) {
                    cluster.until(
                            "taken over as foreseen",
                            () -> owner(cluster, alive, slot)
                                    .filter(o ->
                                            !o.equals(shard.master().address().toString()))
                                    .isPresent());
                    var winner = owner(cluster, alive, slot).orElseThrow();
                    assertTrue(candidates(shard.successors()).contains(winner), winner + " of " + shard.successors());
                }
            }
            // the survivors say what they do with slots that are not touched
            boolean lasting = forecast.lasts();
            if (lasting) {
                cluster.until(
                        "the loss is known",
                        () -> alive.stream().allMatch(i -> dead.stream().allMatch(d -> failing(cluster, i, d))));
            }
            boolean serve = switch (forecast.others()) {
                case NONE, SERVE, REFUSE_FOR_A_MOMENT -> true;
                case REFUSE, NO_MAJORITY -> false;
            };
            cluster.until(
                    "the others " + forecast.others(), () -> alive.stream().allMatch(i -> state(cluster, i) == serve));
            for (var shard : forecast.shards()) {
                if (shard.outage() instanceof Outage.ForGood) {
                    assertEquals(
                            Optional.empty(),
                            owner(
                                    cluster,
                                    alive,
                                    shard.master().slots().getFirst().from()));
                }
            }
        }
    }

    private static Set<String> candidates(Successors successors) {
        return switch (successors) {
            case Successors.Nobody nobody -> Set.of();
            case Successors.One one -> Set.of(one.winner().address().toString());
            case Successors.Any any ->
                any.candidates().stream().map(c -> c.address().toString()).collect(Collectors.toSet());
        };
    }

    /** Whether a survivor holds a dead server for failing: suspected where no majority is left to agree on it. */
    private static boolean failing(LocalCluster cluster, int survivor, int dead) {
        var address = "127.0.0.1:" + cluster.servers().get(dead).port() + "@";
        return cluster.call(survivor, "CLUSTER", "NODES")
                .lines()
                .map(l -> l.split(" "))
                .anyMatch(w -> w[1].startsWith(address) && w[2].contains("fail"));
    }

    private static boolean state(LocalCluster cluster, int i) {
        return cluster.call(i, "CLUSTER", "INFO").contains("cluster_state:ok");
    }

    /** Who serves a slot, by the first survivor's own words: a master that is not failing. */
    private static Optional<String> owner(LocalCluster cluster, List<Integer> alive, int slot) {
        return cluster.call(alive.getFirst(), "CLUSTER", "NODES")
                .lines()
                .map(l -> l.split(" "))
                .filter(w -> w[2].contains("master") && !w[2].contains("fail"))
                .filter(w -> java.util.Arrays.stream(w).skip(8).anyMatch(r -> covers(r, slot)))
                .map(w -> w[1].replaceAll("@.*", ""))
                .findFirst();
    }

    private static boolean covers(String range, int slot) {
        if (range.startsWith("[")) {
            return false;
        }
        var ends = range.split("-");
        return Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]);
    }
}
