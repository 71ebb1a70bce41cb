package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Tree;
import io.clusterdeck.redis.OneNode;
import io.clusterdeck.redis.snapshot.Taken;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.store.Home;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("local")
class TakingTest {

    @Test
    void aTornSnapshotDoesNotEndTheHistory(@TempDir Path folder) throws Exception {
        var home = Home.at(folder.resolve("home"));
        try (var one = new OneNode(folder.resolve("redis.log"))) {
            ClusterFiles.write(home, one.spec);
            look(home, 1);
            try (var kept = Files.list(home.of("one").resolve("snapshots"))) {
                for (var file : kept.toList()) {
                    try (var torn = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        torn.truncate(Files.size(file) / 2);
                    }
                }
            }
            look(home, 2);
        }
    }

    /** As where a disk is full: what happened is told once, that it is not kept is said, and it is kept when it can be. */
    @Test
    void whatCannotBeKeptIsKeptLater(@TempDir Path folder) throws Exception {
        var home = Home.at(folder.resolve("home"));
        try (var one = new OneNode(folder.resolve("redis.log"));
                var deck = DeckApp.open(home, Unattended.REFUSING)) {
            ClusterFiles.write(home, one.spec);
            var snapshots = home.of("one").resolve("snapshots");
            Files.writeString(snapshots, "no folder");
            var cluster = deck.open("one");
            var archive = deck.archive();
            cluster.watch();
            until(() -> archive.trouble("one").isPresent());
            try (var link = one.links.act(one.spec.seeds().getFirst())) {
                link.call("CLUSTER", "ADDSLOTS", "7");
            }
            until(() -> !archive.events("one").isEmpty());
            var told = archive.events("one");
            // two tries more
            for (int i = 0; i < 2; i++) {
                var before = archive.trouble("one").orElseThrow();
                until(() -> archive.trouble("one").orElseThrow() != before);
            }
            assertEquals(told, archive.events("one"));
            Files.delete(snapshots);
            until(() -> archive.trouble("one").isEmpty());
            var kept = archive.read(archive.of("one").getFirst());
            assertEquals(1, kept.state().owners().covered());
        }
    }

    /** A rule that was spoiled by hand: nothing is removed by another one, and nothing is kept again and again. */
    @Test
    void whereTheRuleCannotBeReadAllStay(@TempDir Path folder) throws Exception {
        var home = Home.at(folder.resolve("home"));
        try (var one = new OneNode(folder.resolve("redis.log"));
                var deck = DeckApp.open(home, Unattended.REFUSING)) {
            ClusterFiles.write(home, one.spec);
            var rule = home.folder().resolve("snapshots.yaml");
            Files.writeString(rule, "every-minutes:\t- [");
            var archive = deck.archive();
            var cluster = deck.open("one");
            cluster.watch();
            until(() -> archive.of("one").size() == 1 && archive.trouble("one").isPresent());
            assertEquals(
                    "store.unreadable",
                    archive.trouble("one").orElseThrow().what().key());
            assertEquals(Taken.Why.HAND, archive.take("one").why());
            assertTrue(archive.trouble("one").isPresent());
            Files.delete(rule);
            archive.take("one");
            assertTrue(archive.trouble("one").isEmpty());
            assertEquals(
                    1,
                    archive.of("one").stream()
                            .filter(k -> k.why() == Taken.Why.SCHEDULE)
                            .count());
        }
    }

    /** Whoever ends right after a change, as a word of the command line does, keeps it. */
    @Test
    void aChangeIsKeptAlsoWhenTheProgramEnds(@TempDir Path folder) throws Exception {
        var home = Home.at(folder.resolve("home"));
        try (var one = new OneNode(folder.resolve("redis.log"))) {
            ClusterFiles.write(home, one.spec);
            look(home, 1);
            try (var deck = DeckApp.open(home, Unattended.REFUSING)) {
                var cluster = deck.open("one");
                until(() -> !deck.archive().of("one").isEmpty()
                        && cluster.watch().now().nodes().values().stream().allMatch(n -> n.answers()));
                try (var link = one.links.act(one.spec.seeds().getFirst())) {
                    link.call("CLUSTER", "ADDSLOTS", "7");
                }
                until(() -> cluster.watch().now().owners().covered() == 1);
            }
            try (var deck = DeckApp.open(home, Unattended.REFUSING)) {
                var newest = deck.archive().of("one").getFirst();
                assertEquals(Taken.Why.CHANGE, newest.why());
                assertEquals(1, deck.archive().read(newest).state().owners().covered());
            }
        }
    }

    /** What is being written when the program ends is written whole: a word of the command line that is refused at once ends early. */
    @Test
    void theEndCutsNothingThatIsBeingWritten(@TempDir Path folder) throws Exception {
        var home = Home.at(folder.resolve("home"));
        try (var one = new OneNode(folder.resolve("redis.log"))) {
            ClusterFiles.write(home, one.spec);
            var events = home.events("one").file();
            var deck = DeckApp.open(home, Unattended.REFUSING);
            var cluster = deck.open("one");
            var archive = deck.archive();
            cluster.watch();
            until(() -> !archive.of("one").isEmpty());
            Files.deleteIfExists(events);
            assertEquals(
                    0, new ProcessBuilder("mkfifo", events.toString()).start().waitFor());
            try (var link = one.links.act(one.spec.seeds().getFirst())) {
                link.call("CLUSTER", "ADDSLOTS", "7");
            }
            until(() -> cluster.watch().now().owners().covered() == 1);
            var closing = Thread.ofVirtual().start(deck::close); // who writes waits for a reader of the pipe
            until(() -> closing.getState() == Thread.State.TIMED_WAITING);
            var read = Files.readString(events);
            closing.join();
            assertTrue(read.contains("event.covered"), read);
            assertTrue(archive.trouble("one").isEmpty(), () -> archive.trouble("one") + "");
        }
    }

    /** As on a disk that is slow: while what was kept is read and compared, a cluster does not stand still. */
    @Test
    void whatHappensWhileItBeginsIsTold(@TempDir Path folder) throws Exception {
        var home = Home.at(folder.resolve("home"));
        try (var one = new OneNode(folder.resolve("redis.log"));
                var link = one.links.act(one.spec.seeds().getFirst())) {
            ClusterFiles.write(home, one.spec);
            look(home, 1);
            var slow = Tree.below(home.of("one").resolve("snapshots")).getFirst();
            var kept = Files.readAllBytes(slow);
            Files.delete(slow);
            assertEquals(
                    0, new ProcessBuilder("mkfifo", slow.toString()).start().waitFor());
            try (var deck = DeckApp.open(home, Unattended.REFUSING)) {
                var watch = deck.open("one").watch();
                try (var pipe = Files.newOutputStream(slow)) { // it is there once it is read
                    link.call("CLUSTER", "ADDSLOTS", "7");
                    until(() -> watch.now().owners().covered() == 1);
                    link.call("CLUSTER", "DELSLOTS", "7");
                    until(() -> watch.now().owners().covered() == 0);
                    pipe.write(kept);
                }
                until(() -> deck.archive().events("one").stream()
                        .anyMatch(e -> e.what().key().equals("event.uncovered")));
            }
        }
    }

    @Test
    void theScheduleGoesByTheClock() {
        var hour = Duration.ofHours(1);
        var ten = Instant.parse("2026-11-26T10:00:00Z");
        assertTrue(Taking.due(ten.minusSeconds(1), hour, ten), "right after a change, too");
        assertFalse(Taking.due(ten, hour, ten.plusSeconds(3599)));
        assertTrue(Taking.due(ten.plusSeconds(61), hour, ten.plusSeconds(3600)), "one that came late delays no other");
        assertTrue(Taking.due(ten.plus(Duration.ofDays(400)), hour, ten), "a clock ran ahead");
        assertFalse(Taking.due(ten.minusSeconds(90_000), Duration.ZERO, ten), "never");
    }

    /** A network that flaps for an hour fills no disk: what is kept is how it began, some of it, and what it came to. */
    @Test
    void ofChangesWithoutEndSomeAreKept() {
        var began = Instant.parse("2026-11-26T10:00:00Z");
        var pace = new ChangePace();
        var first = pace.due(began, began);
        assertTrue(first.isBefore(began.plusSeconds(16)), "the first at once");
        int kept = 0;
        for (var now = began; now.isBefore(began.plusSeconds(3600)); now = now.plusSeconds(1)) {
            if (!now.isBefore(pace.due(now.minusSeconds(20), now))) {
                kept++;
                pace.kept(now);
            }
        }
        assertTrue(kept >= 60 && kept <= 73, kept + " kept");
        var last = pace.due(began.plusSeconds(3590), began.plusSeconds(3600));
        assertTrue(last.isBefore(began.plusSeconds(3600 + 301)), "what it came to is kept");
    }

    private static void until(Callable<Boolean> seen) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(seen);
    }

    /** Watches until so many snapshots are kept; the newest can be read, the one before it no more. */
    private static void look(Home home, int snapshots) throws Exception {
        try (var deck = DeckApp.open(home, Unattended.REFUSING)) {
            deck.open("one").watch();
            var archive = deck.archive();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> archive.of("one").size() == snapshots);
            assertEquals(
                    1,
                    archive.read(archive.of("one").getFirst()).state().nodes().size());
            for (var older : archive.of("one").subList(1, snapshots)) {
                assertThrows(UnexpectedOutput.class, () -> archive.read(older));
            }
        }
    }
}
