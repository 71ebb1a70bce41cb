package io.clusterdeck.deck;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.TakeOver;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Findings that real servers give rise to, and that go when what they name is put right. One cluster for all: each leaves it well. */
@Tag("local")
@Timeout(600)
@TestInstance(Lifecycle.PER_CLASS)
class RealFindingsTest {

    private LocalCluster cluster;
    private DeckApp deck;
    private OpenCluster open;

    @BeforeAll
    void adopt(@TempDir Path folder) throws Exception {
        cluster = new LocalRecipe(3, 1)
                .directives("appendonly yes", "save 3600 1")
                .start();
        deck = DeckApp.open(Home.at(folder.resolve("home")), Unattended.REFUSING);
        deck.adopt(new Adoption("carts", cluster.server(0).address(), "", Optional.empty(), Access.DIRECT, List.of()));
        open = Passworded.opened(cluster, deck);
        open.planMasters();
    }

    @AfterAll
    void end() {
        deck.close();
        cluster.close();
    }

    private static void until(String what, Callable<Boolean> seen) {
        Awaitility.await(what).atMost(Duration.ofMinutes(3)).until(seen);
    }

    private boolean found(String rule, NodeAddress node) {
        var now = open.watch().now();
        return now.health().stream()
                .filter(f -> f.rule().equals(rule))
                .anyMatch(f -> f.node().isEmpty()
                        || f.node()
                                .flatMap(now::node)
                                .filter(n -> n.address().equals(node))
                                .isPresent());
    }

    private boolean none(String rule) {
        return open.watch().now().health().stream().noneMatch(f -> f.rule().equals(rule));
    }

    /** Does something to a server, waits for the finding, does what helps, and waits until it is gone. */
    private void gives(String rule, int server, String[] cause, String[]... cure) {
        cluster.call(server, cause);
        until(rule, () -> found(rule, cluster.server(server).address()));
        for (var command : cure) {
            cluster.call(server, command);
        }
        until("no " + rule, () -> none(rule));
    }

    private static String[] words(String line) {
        return line.split(" ");
    }

    @Test
    @Tag("soak") // what nodes are set to is asked once a minute
    void settingsThatCostLater() {
        cluster.call(1, words("CONFIG SET slowlog-max-len 77"));
        gives("memory-near-limit", 0, words("CONFIG SET maxmemory 1mb"), words("CONFIG SET maxmemory 0"));
        cluster.call(0, words("CONFIG SET maxmemory-policy allkeys-lru"));
        gives("memory-evicts", 0, words("CONFIG SET maxmemory 1mb"), words("CONFIG SET maxmemory 0"));
        cluster.call(0, words("CONFIG SET maxmemory-policy noeviction"));
        gives(
                "too-few-replicas",
                0,
                words("CONFIG SET min-replicas-to-write 4"),
                words("CONFIG SET min-replicas-to-write 0"));
        cluster.call(2, words("CONFIG SET appendonly no"));
        gives("persistence-off", 2, new String[] {"CONFIG", "SET", "save", ""}, words("CONFIG SET appendonly yes"));
        until("config-drift", () -> found("config-drift", cluster.server(1).address()));
        cluster.call(1, words("CONFIG SET slowlog-max-len 128"));
    }

    @Test
    @Tag("soak")
    void savingThatFails() throws Exception {
        cluster.call(0, words("CONFIG SET dbfilename taken"));
        var taken = Files.createDirectories(cluster.server(0).data().resolve("taken/by-a-folder"));
        gives("writes-refused", 0, words("BGSAVE"), words("CONFIG SET stop-writes-on-bgsave-error no"));
        until("rdb-not-saved", () -> found("rdb-not-saved", cluster.server(0).address()));
        Files.delete(taken);
        Files.delete(taken.getParent());
        cluster.call(0, "BGSAVE");
        until("saved", () -> none("rdb-not-saved"));
        cluster.call(0, words("CONFIG SET stop-writes-on-bgsave-error yes"));
        cluster.call(0, words("CONFIG SET dbfilename dump.rdb"));
    }

    @Test
    void slotsAndPlaces() {
        var other = cluster.server(1).id().value();
        gives("open-slots", 0, words("CLUSTER SETSLOT 0 MIGRATING " + other), words("CLUSTER SETSLOT 0 STABLE"));
        TakeOver.by(cluster, 3);
        until("moved", () -> found("masters-moved", cluster.server(3).address()));
    }

    @Test
    void nodesThatGo() {
        cluster.kill(4);
        until("node-down", () -> found("node-down", cluster.server(4).address()));
        cluster.start(4);
        until("back", () -> none("node-down"));
    }
}
