package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.store.Home;
import io.clusterdeck.words.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of the hosts on which a cluster was built burned down: the rest can be taken away, and what was there stays known. */
@Tag("local")
class PartlyDestroyedTest {
    /** Nobody listens there. */
    private static final HostSpec BURNED = HostSpec.parse("ops@127.0.0.1:1");

    private static final HostSpec HERE = HostSpec.parse("local");

    @TempDir
    Path folder;

    private static NodeSite built(HostSpec host, int port, String root) {
        return new NodeSite(
                new NodeAddress("127.0.0.1", port),
                Optional.empty(),
                host.name(),
                new RemotePath(root + "/bin/redis-server"),
                new RemotePath(root + "/" + port + "/redis.conf"),
                new RemotePath(root + "/" + port + "/data"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                port,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void theRestIsTakenAwayAndWhatBurnedStaysKnown() throws Exception {
        var root = Files.createDirectories(folder.resolve("carts"));
        Files.writeString(root.resolve(".clusterdeck"), "cluster=carts\nbuild=1\n");
        Files.createDirectories(root.resolve("2/data"));
        var away = built(BURNED, 3, "/srv/carts");
        var home = Home.at(folder.resolve("home"));
        var here = built(HERE, 2, root.toString());
        ClusterFiles.write(
                home,
                new ClusterSpec(
                        "carts",
                        false,
                        false,
                        List.of(HERE, BURNED),
                        List.of(here.address(), away.address()),
                        ClusterSpec.Access.DIRECT,
                        "",
                        List.of(here, away)));
        try (var deck = DeckApp.open(home, Unattended.REFUSING)) {
            var offer = assertInstanceOf(Offer.Ready.class, deck.destroy("carts", true));
            var told = offer.plan().costs().stream()
                    .filter(c -> c.key().equals("build.destroy.away"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(BURNED.name().value(), told.args().get("host"));
            var ended = deck.runs().start(offer).await().ended().orElseThrow();
            assertEquals(Outcome.DONE, ended.outcome(), ended::toString);
            assertFalse(Files.exists(root), "what could be taken away is");

            var left = deck.clusters().getFirst();
            assertEquals(List.of(away), left.sites());
            assertEquals(List.of(BURNED), left.hosts());
            assertEquals(List.of(away.address()), left.seeds());
            assertTrue(deck.runs().all().getFirst().plan().costs().contains(told), "the journal says what stayed");
            // as long as it is away there is nothing to be done
            assertThrows(Unreachable.class, () -> deck.destroy("carts", true));
            tellsWhatIsLeft(deck);
        }
        try (var later = DeckApp.open(home, Unattended.REFUSING)) {
            tellsWhatIsLeft(later);
        }
    }

    /** And that alone: what was destroyed is not to be started again. */
    private static void tellsWhatIsLeft(Deck deck) throws Exception {
        var cluster = deck.open("carts");
        var watch = cluster.watch();
        Awaitility.await()
                .until(
                        () -> watch.now().health(),
                        found -> !found.isEmpty()
                                && found.stream().allMatch(f -> f.rule().equals("destroyed-in-part")));
        var words = Words.in(Locale.ENGLISH);
        var found = watch.now().health().getFirst();
        assertEquals("carts was destroyed but for what is on " + BURNED.name(), words.say(found.title()));
        assertTrue(words.say(found.next()).contains("clusterdeck destroy carts"), words.say(found.next()));
        var refused = assertInstanceOf(Offer.Refused.class, cluster.nodes().startAll());
        assertEquals(found.title(), refused.why());
        assertEquals(List.of(found.next()), refused.cures());
    }
}
