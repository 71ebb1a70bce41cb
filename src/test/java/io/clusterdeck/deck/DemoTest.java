package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.redis.snapshot.Taken;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("local")
class DemoTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void whatIsShownComesFromTheNodesAndNothingStaysBehind() throws Exception {
        var home = Home.at(folder.resolve("home"));
        try (var deck = DeckApp.open(home, Unattended.REFUSING)) {
            var demo = build(deck);
            var cluster = deck.open(demo.name());
            var before = Awaitility.await().atMost(PATIENCE).until(() -> json(cluster), DemoTest::whole);

            var archive = deck.archive();
            var first = archive.read(archive.take(demo.name()));
            assertTrue(
                    first.state().nodes().values().stream()
                            .allMatch(n -> Snapshot.config(n).containsKey("appendonly")),
                    "with the configuration of every node");
            var victim = before.path("nodes").get(0);
            long pid = cluster.watch().now().nodes().values().stream()
                    .filter(n -> n.address().port() == victim.path("port").asInt())
                    .findFirst()
                    .flatMap(n -> n.info())
                    .flatMap(i -> i.text("process_id"))
                    .map(Long::parseLong)
                    .orElseThrow();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            Awaitility.await().atMost(PATIENCE).until(() -> answering(json(cluster)) == 5);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> masters(json(cluster)) == 3
                            && json(cluster).path("slotsCovered").asInt() == 16_384);

            Awaitility.await("a snapshot by itself, although nobody looks")
                    .atMost(PATIENCE)
                    .until(() -> keptAChange(archive, demo.name()));
            Awaitility.await("that one fell silent is told")
                    .atMost(PATIENCE)
                    .until(() -> archive.events(demo.name()).stream()
                            .anyMatch(e -> e.what().key().equals("event.silent")));

            var taking = assertInstanceOf(Offer.Ready.class, deck.destroy(demo.name(), false));
            cluster.keep(cluster.spec().readOnly(true));
            assertInstanceOf(Offer.Refused.class, deck.destroy(demo.name(), false));
            assertThrows(
                    NotAllowed.class, () -> deck.runs().start(taking.plan()), "shown before the switch was turned");
            var one = cluster.watch().now().nodes().values().stream()
                    .filter(Node::answers)
                    .findFirst()
                    .orElseThrow();
            var look = assertInstanceOf(Offer.Ready.class, cluster.aof().check(one.id()));
            var looked = deck.runs().start(look).await();
            assertEquals(Outcome.DONE, looked.ended().orElseThrow().outcome(), "a look changes nothing");

            demo.stop(state -> {});
            assertFalse(Files.exists(home.of(demo.name())), "its folder is gone");
            assertEquals(0, serversUnder(folder));
            assertTrue(deck.clusters().isEmpty());
        }
    }

    /** As on a disk that is full, which takes the folder and the name of the file. */
    @Test
    void oneThatCanNotBeginLeavesNothing() throws Exception {
        var home = Home.at(folder.resolve("home"));
        try (var deck = DeckApp.open(home, Unattended.REFUSING)) {
            var own = Files.createDirectories(home.of("demo"));
            Files.createSymbolicLink(own.resolve("demo-owner"), folder.resolve("no/such"));
            assertThrows(NotAllowed.class, deck::demo);
            assertFalse(Files.exists(own), "its folder");
        }
    }

    @Test
    void oneThatLostItsOwnerIsFoundAndCanBeRemoved() throws Exception {
        var home = Home.at(folder.resolve("home"));
        String name;
        try (var killed = DeckApp.open(home, Unattended.REFUSING)) {
            name = build(killed).name();
            assertTrue(killed.leftoverDemos().isEmpty(), "it has an owner: this process");
        }
        assertEquals(6, serversUnder(folder));
        // the owner was another process, and is dead
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(home.of(name).resolve("demo-owner"), gone.pid() + " 1\n" + name + "\n");
        try (var later = DeckApp.open(home, Unattended.REFUSING)) {
            var left = later.leftoverDemos();
            assertEquals(1, left.size());
            var marker = home.of(name).resolve("redis-cluster/.clusterdeck");
            var text = Files.readString(marker);
            Files.delete(marker);
            var refused = assertThrows(NotAllowed.class, () -> left.getFirst().stop(state -> {}));
            assertEquals("build.destroy.unmarked", refused.what().key());
            assertEquals(6, serversUnder(folder));
            assertTrue(Files.exists(home.of(name)), "what still serves keeps its files");
            Files.writeString(marker, text);
            left.getFirst().stop(state -> {});
            assertTrue(later.leftoverDemos().isEmpty());
        }
        assertEquals(0, serversUnder(folder));
        assertFalse(Files.exists(home.of(name)));
    }

    private static boolean keptAChange(Archive archive, String cluster) throws Exception {
        for (var kept : archive.of(cluster)) {
            var state = archive.read(kept).state();
            if (kept.why() == Taken.Why.CHANGE
                    && state.nodes().values().stream().anyMatch(n -> !n.answers())) {
                return true;
            }
        }
        return false;
    }

    private static Demo build(Deck deck) throws Exception {
        var demo = deck.demo();
        var offer = demo.plan();
        assertTrue(offer instanceof Offer.Ready, offer.toString());
        var ended = deck.runs().start(((Offer.Ready) offer).plan()).await();
        assertEquals(
                Optional.of(Outcome.DONE),
                ended.ended().map(e -> e.outcome()),
                ended.steps().toString());
        return demo;
    }

    private static JsonNode json(OpenCluster cluster) throws Exception {
        return JSON.readTree(SnapshotJson.text(cluster.watch().now()));
    }

    private static boolean whole(JsonNode snapshot) {
        return answering(snapshot) == 6
                && snapshot.path("state").asText().equals("ok")
                && snapshot.path("slotsCovered").asInt() == 16_384
                && StreamSupport.stream(snapshot.path("nodes").spliterator(), false)
                        .allMatch(n -> n.path("linkUp").asBoolean());
    }

    private static long answering(JsonNode snapshot) {
        return StreamSupport.stream(snapshot.path("nodes").spliterator(), false)
                .filter(n -> n.path("contact").asText().equals("answers"))
                .count();
    }

    private static long masters(JsonNode snapshot) {
        return StreamSupport.stream(snapshot.path("nodes").spliterator(), false)
                .filter(n -> n.path("role").asText().equals("master")
                        && !n.path("slots").isEmpty()
                        && n.path("contact").asText().equals("answers"))
                .count();
    }

    private static long serversUnder(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info()
                        .command()
                        .filter(c -> c.startsWith(folder.toString()))
                        .isPresent())
                .count();
    }
}
