package io.clusterdeck.redis.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.forecast.Forecast.Outage;
import io.clusterdeck.redis.nodes.Operated;
import io.clusterdeck.redis.nodes.Successors;
import io.clusterdeck.redis.nodes.Terms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is foreseen of replicas that have long lost their master, and of those that move to another one, beside what real servers do. */
@Tag("local")
class AgeAndMigrationTest {
    @TempDir
    Path folder;

    /** By the factor: nobody stands, any age will do, not that old yet. */
    @ParameterizedTest
    @CsvSource({"1, 5, false", "0, 5, true", "30, 5, true"})
    void aReplicaThatLostItsMasterBefore(int factor, int seconds, boolean stands) throws Exception {
        var cluster = LocalCluster.start(
                3,
                1,
                "cluster-node-timeout 2000",
                "repl-ping-replica-period 1",
                "cluster-replica-validity-factor " + factor);
        try (var operated = new Operated(cluster, folder)) {
            var terms = terms(operated);
            assertEquals("OK", cluster.call(0, "CONFIG", "SET", "requirepass", "changed"));
            cluster.call(3, "CLIENT", "KILL", "TYPE", "master");
            cluster.until(
                    "cut off",
                    () -> operated.ops.now().get().node(operated.id(3)).flatMap(n -> n.info()).stream()
                            .anyMatch(i ->
                                    i.number("master_link_down_since_seconds").orElse(0) > seconds));
            var state = operated.ops.now().get();
            var forecast = Forecast.of(state, Loss.of(operated.node(0)), terms);
            var shard = forecast.shards().getFirst();
            assertEquals(stands, shard.outage() instanceof Outage.Between, shard::toString);
            LocalCluster.signal(
                    operated.node(0).info().orElseThrow().number("process_id").orElseThrow(), "KILL");
            if (stands) {
                assertEquals(
                        operated.id(3),
                        ((Successors.One) shard.successors()).winner().id());
                cluster.until("it takes over", () -> cluster.info(3, "role").equals("master"));
            } else {
                cluster.until(
                        "it says that it is too old",
                        () -> log(cluster.server(3)).contains("Disconnected from master for longer than allowed"));
            }
        }
    }

    /** One that is being sent a copy of everything has its old data still, and stands with it. */
    @Test
    void aReplicaThatCopiesStands() throws Exception {
        var cluster = LocalCluster.start(
                3, 1, "cluster-node-timeout 2000", "repl-diskless-sync yes", "repl-diskless-sync-delay 0");
        try (var operated = new Operated(cluster, folder)) {
            var terms = terms(operated);
            assertEquals("OK", cluster.call(0, "SET", "bar", "in its slots"));
            assertEquals("OK", cluster.call(0, "CONFIG", "SET", "rdb-key-save-delay", "10000000"));
            assertEquals("OK", cluster.call(0, "DEBUG", "CHANGE-REPL-ID"));
            cluster.call(0, "CLIENT", "KILL", "TYPE", "replica");
            cluster.until(
                    "it copies",
                    () -> operated.node(3)
                            .info()
                            .flatMap(i -> i.text("master_sync_in_progress"))
                            .filter("1"::equals)
                            .isPresent());
            var forecast = Forecast.of(operated.ops.now().get(), Loss.of(operated.node(0)), terms);
            var heir = (Successors.One) forecast.shards().getFirst().successors();
            assertEquals("nodes.successor.only-syncing", heir.why().key());
            assertEquals(operated.id(3), heir.winner().id());
            cluster.signal(0, "KILL");
            cluster.until("it takes over", () -> cluster.info(3, "role").equals("master"));
            assertEquals("1", cluster.call(3, "DBSIZE"));
        }
    }

    /** A master loses both replicas; one of two others moves to it, as named; then it may go as well. */
    @Test
    void aReplicaMovesAndFollows() throws Exception {
        var cluster = LocalCluster.start(3, 2, "cluster-node-timeout 2000", "cluster-require-full-coverage no");
        try (var operated = new Operated(cluster, folder)) {
            var terms = terms(operated);
            var forecast =
                    Forecast.of(operated.ops.now().get(), Loss.of(List.of(operated.node(3), operated.node(6))), terms);
            var master = operated.node(0);
            var mover = forecast.migrated().movers().getFirst();
            assertEquals(1, forecast.migrated().movers().size());
            assertTrue(names(forecast.fatalNext()).contains(master.address().toString()));
            assertEquals(List.of(), names(forecast.migrated().fatal()));
            cluster.signal(3, "KILL");
            cluster.signal(6, "KILL");
            cluster.until(
                    "it moved and is in sync",
                    () -> operated.ops
                            .now()
                            .get()
                            .node(mover.id())
                            .filter(n -> n.master().filter(master.id()::equals).isPresent())
                            .filter(n -> Successors.linkedToMaster(n) && Successors.able(n, terms))
                            .isPresent());
            var next = Forecast.of(operated.ops.now().get(), Loss.of(operated.node(0)), terms);
            var heir = (Successors.One) next.shards().getFirst().successors();
            assertEquals(mover.id(), heir.winner().id());
            cluster.signal(0, "KILL");
            cluster.until(
                    "it takes over",
                    () -> operated.ops
                            .now()
                            .get()
                            .node(mover.id())
                            .filter(n -> n.isMaster() && !n.slots().isEmpty())
                            .isPresent());
        }
    }

    private static String log(LocalCluster.Server server) {
        try {
            return Files.readString(server.log());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<String> names(List<Loss> losses) {
        return losses.stream().map(Loss::name).toList();
    }

    private static Terms terms(Operated operated) {
        operated.cluster.until(
                "settings were read",
                () -> Terms.seen(operated.ops.now().get()).nodeTimeout() == 2_000
                        && operated.ops.now().get().nodes().values().stream()
                                .allMatch(n -> n.answers() && (n.isMaster() || Successors.linkedToMaster(n))));
        return Terms.seen(operated.ops.now().get());
    }
}
