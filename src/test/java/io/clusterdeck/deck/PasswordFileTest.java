package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Tree;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A blueprint whose password stands in a file, over nodes of it that run. */
@Tag("local")
@Timeout(180)
class PasswordFileTest {

    @TempDir
    Path folder;

    /** The file is older than the last change of the password, or just another one. */
    @Test
    void planningOverRunningNodesDoesNotTakeThemBackToIt() throws Exception {
        var home = Home.at(folder.resolve("home"));
        var key = Answers.clusterKey("carts", "requirepass");
        var file = Files.writeString(folder.resolve("pw"), "first one\n");
        int port = Ports.block(6);
        var wish = Building.read("""
                name: carts
                hosts: [{name: here, ssh: local}]
                redis: {source: packaged}
                layout: {root: %s, ports: %d}
                password: file:%s
                """.formatted(folder.resolve("nodes"), port, file));
        // an earlier program forgot a cluster of that name, and not what was noted of it
        new UpkeepFile(home, "carts").keep(Upkeep.NONE.planned(Set.of(new NodeAddress("127.0.0.1", port + 4))));
        try (var deck = DeckApp.open(home, Unattended.REFUSING)) {
            var first = assertInstanceOf(Offer.Ready.class, deck.build(wish));
            assertEquals(Optional.empty(), home.secrets().get(key), "planned only");
            try {
                var run = deck.runs().start(first).await();
                assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), run.steps()::toString);
                var planned = new UpkeepFile(home, "carts").now().masters();
                assertEquals(
                        List.of(port, port + 1, port + 2),
                        planned.stream().map(NodeAddress::port).sorted().toList(),
                        "known from the building on, before somebody looks and a failover passes for the plan");
                assertKept(home.of("carts"));
                assertInstanceOf(Offer.Ready.class, deck.build(wish));
                Files.writeString(file, "another\n");
                var refused = assertInstanceOf(Offer.Refused.class, deck.build(wish));
                assertTrue(refused.why().toString().contains("build.pre.password-other"), refused.why()::toString);
                assertEquals(Optional.of(Secret.of("first one")), home.secrets().get(key));
                assertEquals(Optional.of(Secret.of("first one")), ((Opened) deck.open("carts")).secret("requirepass"));
            } finally {
                var away = assertInstanceOf(Offer.Ready.class, deck.destroy("carts", true));
                assertEquals(
                        List.of("build.destroy.cost-data", "build.destroy.stays"), costs(away), "what stays is told");
                var gone = deck.runs().start(away).await();
                assertEquals(Outcome.DONE, gone.ended().orElseThrow().outcome(), gone.steps()::toString);
            }
        }
    }

    /** Nobody else may read what is kept, and the password stands in none of it. */
    private static void assertKept(Path cluster) throws IOException {
        for (var kept : Tree.below(cluster)) {
            try {
                if (Files.isRegularFile(kept)) {
                    var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(kept));
                    assertEquals("rw-------", mode, kept::toString);
                    var text = new String(Files.readAllBytes(kept), StandardCharsets.ISO_8859_1);
                    assertFalse(text.contains("first one"), kept::toString);
                }
            } catch (NoSuchFileException written) {
                assertFalse(Files.exists(kept), "under another name by now");
            }
        }
    }

    @Test
    void onePasswordIsMadeAndNotSaidToBeMadeAgain() throws Exception {
        var home = Home.at(folder.resolve("home"));
        var wish = Building.read("""
                name: carts
                hosts: [{name: here, ssh: local}]
                redis: {source: packaged}
                layout: {root: %s, ports: %d}
                """.formatted(folder.resolve("nodes"), Ports.block(6)));
        try (var deck = DeckApp.open(home, Unattended.REFUSING)) {
            assertEquals(List.of("build.cost", "build.cost.password"), costs(deck.build(wish)));
            home.secrets().keep(Answers.clusterKey("carts", "requirepass"), Secret.of("made before"));
            assertEquals(List.of("build.cost"), costs(deck.build(wish)));
        }
    }

    private static List<String> costs(Offer offer) {
        return assertInstanceOf(Offer.Ready.class, offer).plan().costs().stream()
                .map(Say::key)
                .toList();
    }
}
