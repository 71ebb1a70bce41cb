package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.paper.ByHand;
import io.clusterdeck.deck.paper.CardWriter;
import io.clusterdeck.deck.paper.RescueCard;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.redis.console.Session;
import io.clusterdeck.redis.console.Typed;
import io.clusterdeck.redis.drill.Library;
import io.clusterdeck.redis.drill.ResultJson;
import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.NodeOperations.Signal;
import io.clusterdeck.redis.timeline.StageSpan;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import io.clusterdeck.words.Words;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.ZipFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything that the deck does, on six nodes that speak TLS only and want a certificate of whoever comes. */
@Tag("local")
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SealedDeckTest {
    private static final String FIRST = "the 0ld secret";

    @TempDir
    static Path folder;

    private static DeckApp deck;
    private static OpenCluster cluster;

    @BeforeAll
    static void build() throws Exception {
        var file = Files.writeString(folder.resolve("pw"), FIRST + "\n");
        deck = DeckApp.open(Home.at(folder.resolve("home")), Unattended.REFUSING);
        var wish = Building.read("""
            name: sealed
            hosts: [{name: here, ssh: local}]
            redis: {source: packaged}
            layout: {root: "%s", ports: %d}
            password: "file:%s"
            config: {cluster-node-timeout: 5000}
            tls: {clients: yes}
            """.formatted(folder.resolve("a b 大"), Ports.block(6), file));
        ran(deck.build(wish));
        cluster = deck.open("sealed");
        cluster.timelines();
        calm();
    }

    @AfterAll
    static void end() throws Exception {
        try (var closing = deck) {
            ran(deck.destroy("sealed", true));
        }
    }

    private static void until(java.util.concurrent.Callable<Boolean> so) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(so);
    }

    private static void calm() {
        var drill = Library.named("kill-master").orElseThrow();
        until(() ->
                cluster.watch().now().nodes().size() == 6 && cluster.drills().offer(drill) instanceof Offer.Ready);
    }

    /** Runs it to its good end; every line of redis-cli in it says how TLS is spoken. */
    private static Plan ran(Offer offer) throws Exception {
        var ready = assertInstanceOf(Offer.Ready.class, offer, offer::toString);
        var end = deck.runs().start(ready.plan()).await();
        assertEquals(Outcome.DONE, end.ended().orElseThrow().outcome(), () -> Building.why(end) + "\n" + end);
        for (var step : ready.plan().steps()) {
            for (var command : step.commands()) {
                assertTrue(
                        !command.contains("redis-cli")
                                || command.matches(
                                        "(?s)'/.*/bin/redis-cli' --tls --cacert '/.*' --cert '/.*' --key '/.*' (-h|--cluster) .*"),
                        command);
            }
        }
        return ready.plan();
    }

    private static Node any(boolean master) {
        return cluster.watch().now().nodes().values().stream()
                .filter(n -> n.isMaster() == master)
                .min(Comparator.comparing(n -> n.address().toString()))
                .orElseThrow();
    }

    private static void sees(NodeId node, boolean master) {
        until(() -> cluster.watch()
                .now()
                .node(node)
                .filter(n -> n.answers() && n.isMaster() == master)
                .isPresent());
    }

    private static String said(Node node, String... words) throws Exception {
        try (var link = cluster.links().act(node.address())) {
            return link.call(words).text();
        }
    }

    @Test
    @Order(1)
    void aConsoleFollowsToOtherNodes() throws Exception {
        var home = any(true);
        var hops = new ArrayList<Session.Hop>();
        try (var session = new Session(cluster.links(), home.address())) {
            for (var key : List.of("a", "b", "c", "d", "foo")) {
                var set = session.send(Typed.read("set " + key + " 1"), hops::add);
                assertEquals("OK", set.reply().text());
            }
            assertFalse(hops.isEmpty(), "five keys in one shard");
        }
    }

    @Test
    @Order(2)
    void nodesAreOperated() throws Exception {
        var replica = any(false);
        var log = new LinkedBlockingQueue<String>();
        try (var following = cluster.log(replica.id(), 200, line -> log.add(line.text()))) {
            assertTrue(following.alive());
            ran(cluster.nodes().kill(replica.id(), new Signal.Kill()));
            ran(cluster.nodes().start(replica.id()));
            until(() -> log.stream().filter(l -> l.contains("Ready to accept")).count() > 1);
        }
        ran(cluster.nodes().stop(replica.id()));
        ran(cluster.nodes().start(replica.id()));
        calm();
        var plan = ran(cluster.failover().failover(replica.id(), How.GRACEFUL));
        assertTrue(
                plan.steps().stream().flatMap(s -> s.commands().stream()).anyMatch(c -> c.endsWith("CLUSTER FAILOVER")),
                plan::toString);
        sees(replica.id(), true);
        calm();
        ran(cluster.nodes().restart(replica.id()));
        calm();
    }

    @Test
    @Order(3)
    void anAppendOnlyFileIsCheckedAndWrittenAnew() throws Exception {
        var node = any(true);
        ran(cluster.aof().check(node.id()));
        assertTrue(cluster.aof().lastReport(node.id()).orElseThrow().sound());
        var site = cluster.spec().sites().stream()
                .filter(s -> s.at(node.address()))
                .findFirst()
                .orElseThrow();
        var file = Path.of(site.directory().value()).resolve("appendonly.aof");
        Files.writeString(file, "*3\r\n$3\r\nSE", java.nio.file.StandardOpenOption.APPEND);
        ran(cluster.aof().check(node.id()));
        var report = cluster.aof().lastReport(node.id()).orElseThrow();
        assertFalse(report.sound());
        ran(cluster.aof().cures(report).getFirst());
        ran(cluster.aof().check(node.id()));
        assertTrue(cluster.aof().lastReport(node.id()).orElseThrow().sound());
    }

    @Test
    @Order(4)
    void aSettingIsReadAndSet() throws Exception {
        var sheet = cluster.config().look();
        assertTrue(sheet.unheard().isEmpty() && sheet.unread().isEmpty(), sheet::toString);
        var all = cluster.watch().now().nodes().keySet();
        ran(cluster.config().set(all, "maxmemory-policy", "allkeys-lru"));
        assertTrue(said(any(true), "CONFIG", "GET", "maxmemory-policy").contains("allkeys-lru"));
    }

    /** Where other work takes the processors for many seconds nobody may be elected in time: for a computer that does nothing else. */
    @Test
    @Order(5)
    @Tag("soak")
    void aDrillIsMeasuredAndItsFailoverTold() throws Exception {
        calm();
        var drill = Library.named("kill-master").orElseThrow();
        var plan = ran(cluster.drills().offer(drill));
        var result = cluster.drills().result(plan.id().value()).orElseThrow();
        assertEquals(3, result.measured().shards().size());
        assertTrue(result.measured().shards().stream().allMatch(s -> s.written() > 10 && s.read() > 10));
        assertTrue(result.measured().readBack(), ResultJson.text(result));
        var failover = result.failovers().getFirst().timeline();
        assertTrue(failover.stages().stream().allMatch(s -> s.state() == StageSpan.State.DONE), failover::toString);
    }

    @Test
    @Order(6)
    void thePasswordIsChanged() throws Exception {
        calm();
        ran(cluster.changePassword("", Optional.of(Secret.of("the n3w \"secret\"")), false));
        ran(cluster.changePassword("", Optional.empty(), true));
        assertEquals("PONG", said(any(true), "PING"));
        calm();
    }

    /** Neither what is kept nor what is handed on holds a key. */
    @Test
    @Order(7)
    void whatIsHandedOnHoldsNoKey() throws Exception {
        var kept = deck.archive().take("sealed");
        assertEquals(6, deck.archive().read(kept).state().nodes().size());
        var file = folder.resolve("support.zip");
        deck.papers().support().save(file);
        try (var zip = new ZipFile(file.toFile())) {
            assertTrue(zip.size() > 3);
            for (var entry : java.util.Collections.list(zip.entries())) {
                assertFalse(entry.getName().contains("tls"), entry::getName);
                var text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                assertFalse(text.contains("PRIVATE KEY"), entry::getName);
                for (var key : keys()) {
                    assertFalse(text.contains(key), entry::getName);
                }
            }
        }
        String text;
        try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(kept.file()))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (var key : keys()) {
            assertFalse(text.contains(key));
        }
    }

    /** A line from the middle of each private key that there is. */
    private static List<String> keys() throws Exception {
        var found = new ArrayList<String>();
        var spec = cluster.spec();
        var ours = Path.of(spec.tls().orElseThrow().authority());
        for (var file : List.of(
                ours.resolveSibling("ca.key"),
                ours.resolveSibling("client.key"),
                Path.of(spec.sites().getFirst().tls().orElseThrow().key()))) {
            found.add(Files.readAllLines(file).get(1));
        }
        return found;
    }

    @Test
    @Order(8)
    void theRescueCardSaysHowTlsIsSpoken() {
        var card = new CardWriter(Words.in(Locale.ENGLISH)::say, "en")
                .markdown(new RescueCard(cluster.spec(), cluster.watch().now(), Instant.now()));
        var lines = card.lines().filter(l -> l.contains("redis-cli' ")).toList();
        assertTrue(lines.size() >= 6, card);
        assertTrue(lines.stream().allMatch(l -> l.contains("/bin/redis-cli' --tls --cacert '/")), card);
        assertTrue(card.contains("\n" + ByHand.PASSWORD + "\n"), card);
        assertFalse(card.contains("sudo"), card);
        assertTrue(lines.stream().anyMatch(l -> l.contains(" --cluster check 127.0.0.1:")), card);
        assertEquals(
                lines.getFirst().replace("INFO", "NODES"),
                new ByHand(cluster.spec())
                        .redis(
                                cluster.spec().hosts().getFirst().name(),
                                any(true).address(),
                                List.of("CLUSTER", "NODES")));
    }
}
