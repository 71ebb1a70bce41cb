package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.redis.RealRedis;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One address that does not let us in, or at which nobody is: said as what it is, and nothing is kept. */
@Tag("local")
class AdoptRefusedTest {

    @TempDir
    Path folder;

    private static String why(Deck deck, NodeAddress seed, Optional<Secret> password) {
        var wish = new Adoption("other", seed, "", password, Access.DIRECT, List.of());
        var failure = assertThrows(Failure.class, () -> deck.adopt(wish));
        assertEquals(List.of(), deck.clusters());
        return failure.what().key() + " " + ((Say) failure.what().args().get("why")).key();
    }

    @Test
    void saidAsWhatItIs() throws Exception {
        try (var deck = DeckApp.open(Home.at(folder), Unattended.REFUSING)) {
            NodeAddress gone;
            try (var server = RealRedis.one("requirepass", "a b")) {
                gone = server.address();
                assertEquals("deck.adopt.refused link.wants-password", why(deck, gone, Optional.empty()));
                assertEquals(
                        "deck.adopt.refused link.wrong-password", why(deck, gone, Optional.of(Secret.of("another"))));
                assertEquals(
                        "deck.adopt.refused link.wants-password",
                        why(deck, gone, Optional.empty()),
                        "what was typed for one search is not sent by the next");
            }
            assertEquals("deck.adopt.gone link.unreachable", why(deck, gone, Optional.empty()));
        }
    }

    /** As servers do that speak TLS only. */
    @Test
    void whoClosesAtOnceMaySpeakTls() throws Exception {
        try (var deck = DeckApp.open(Home.at(folder), Unattended.REFUSING);
                var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!door.isClosed()) {
                    try (var one = door.accept()) {
                        one.getInputStream().read();
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            var wish = new Adoption(
                    "other",
                    new NodeAddress("127.0.0.1", door.getLocalPort()),
                    "",
                    Optional.empty(),
                    Access.DIRECT,
                    List.of());
            var failure = assertThrows(Failure.class, () -> deck.adopt(wish));
            assertEquals("deck.adopt.closed.next", failure.next().key(), failure.what()::toString);
        }
    }
}
