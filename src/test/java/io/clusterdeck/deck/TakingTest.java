package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.redis.OneNode;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.store.Home;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
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
