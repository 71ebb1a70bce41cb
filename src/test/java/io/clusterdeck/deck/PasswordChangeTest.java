package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Tree;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The password of six real servers, changed under their clients: halted half-way, gone on with by another process, then the old one retired. */
@Tag("local")
@Timeout(180)
class PasswordChangeTest {
    private static final String OLD = "the 0ld secret";
    private static final String NEW = "the n3w \"secret\"";
    private static final int STUCK = 4;

    @TempDir
    Path folder;

    @Test
    void nobodyIsCutOff() throws Exception {
        try (var cluster = new LocalRecipe(3, 1).password(OLD).start()) {
            var halted = halfWay(cluster);
            for (int i = 0; i < 6; i++) {
                assertTrue(Passworded.lets(cluster, i, OLD), "old, half-way: " + i);
            }
            assertTrue(Passworded.lets(cluster, 0, NEW));
            assertFalse(Passworded.lets(cluster, STUCK, NEW));
            goneOnWith(cluster, halted);
            theOldOneRetired(cluster);
        }
        nowhereInClear();
    }

    /** Six servers that let anybody in get their first one. */
    @Test
    void theFirstOne() throws Exception {
        try (var cluster = new LocalRecipe(3, 1).start();
                var deck = deck()) {
            deck.adopt(
                    new Adoption("carts", cluster.server(0).address(), "", Optional.empty(), Access.DIRECT, List.of()));
            var open = Passworded.opened(cluster, deck);
            var offer =
                    assertInstanceOf(Offer.Ready.class, open.changePassword("", Optional.of(Secret.of(NEW)), false));
            assertEquals(
                    List.of("password-masterauth-first", "password-admit", "settings"),
                    offer.plan().stages().stream().map(s -> s.id()).toList());
            var run = deck.runs().start(offer).await();
            assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), run.steps()::toString);
            assertTrue(IntStream.range(0, 6)
                    .allMatch(i -> Passworded.lets(cluster, i, NEW) && !Passworded.lets(cluster, i, OLD)));
            cluster.until(
                    "still watched",
                    () -> open.watch().now().nodes().values().stream().allMatch(n -> n.answers()));
        }
    }

    private DeckApp deck() throws Exception {
        return DeckApp.open(Home.at(folder), Unattended.REFUSING);
    }

    /** A server that hangs stops it; all before it are done. */
    private PlanId halfWay(LocalCluster cluster) throws Exception {
        long stuck = cluster.pid(STUCK);
        try (var deck = deck()) {
            var seed = cluster.server(0).address();
            deck.adopt(new Adoption("carts", seed, "", Optional.of(Secret.of(OLD)), Access.DIRECT, List.of()));
            var open = Passworded.opened(cluster, deck);
            var offer =
                    assertInstanceOf(Offer.Ready.class, open.changePassword("", Optional.of(Secret.of(NEW)), false));
            assertEquals(
                    List.of("password-admit", "password-masterauth", "settings"),
                    offer.plan().stages().stream().map(s -> s.id()).toList());
            assertEquals(6, offer.plan().stages().getLast().steps().size(), offer.plan()::toString);
            LocalCluster.signal(stuck, "STOP");
            var run = deck.runs().start(offer).await();
            assertEquals(Outcome.FAILED, run.ended().orElseThrow().outcome());
            return offer.plan().id();
        } finally {
            LocalCluster.signal(stuck, "CONT");
        }
    }

    /** One that was restarted meanwhile knows the old one only; it is changed anew. */
    private void goneOnWith(LocalCluster cluster, PlanId id) throws Exception {
        cluster.kill(0);
        cluster.start(0);
        cluster.until("back", () -> Passworded.lets(cluster, 0, OLD));
        try (var deck = deck()) {
            var open = Passworded.opened(cluster, deck);
            var early = assertInstanceOf(Offer.Refused.class, open.changePassword("", Optional.empty(), true));
            assertEquals("config.password.halted", early.why().key());
            assertEquals(id.value(), early.why().args().get("run"));
            assertInstanceOf(Offer.Ready.class, open.changePassword("", Optional.of(Secret.of("a draft")), false));
            var run = deck.runs().resume(id).await();
            assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), run.steps()::toString);
            for (int i = 0; i < 6; i++) {
                assertTrue(Passworded.lets(cluster, i, OLD) && Passworded.lets(cluster, i, NEW), "both: " + i);
                var conf = Files.readString(cluster.server(i).conf());
                assertTrue(conf.contains("requirepass \"the n3w \\\"secret\\\"\""), conf);
                assertTrue(conf.contains("masterauth \"the n3w \\\"secret\\\"\""), conf);
            }
            var fresh =
                    assertInstanceOf(Offer.Refused.class, open.changePassword("", Optional.of(Secret.of("ab")), false));
            assertEquals("config.password.short", fresh.why().key());
        }
    }

    private void theOldOneRetired(LocalCluster cluster) throws Exception {
        try (var deck = deck()) {
            var open = Passworded.opened(cluster, deck);
            var refused = assertInstanceOf(
                    Offer.Refused.class, open.changePassword("", Optional.of(Secret.of("another one")), true));
            assertEquals("config.password.not-admitted", refused.why().key());
            asks(cluster, 2, "CONFIG", "SET", "masterauth", OLD);
            var lacking = assertInstanceOf(Offer.Refused.class, open.changePassword("", Optional.empty(), true));
            assertEquals("config.password.lacking", lacking.why().key());
            assertTrue(lacking.why().toString().contains("masterauth"), lacking.why()::toString);
            asks(cluster, 2, "CONFIG", "SET", "masterauth", NEW);
            var offer = assertInstanceOf(Offer.Ready.class, open.changePassword("", Optional.empty(), true));
            var run = deck.runs().start(offer).await();
            assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), run.steps()::toString);
            for (int i = 0; i < 6; i++) {
                assertFalse(Passworded.lets(cluster, i, OLD), "old: " + i);
                assertTrue(Passworded.lets(cluster, i, NEW), "new: " + i);
            }
            asks(cluster, 0, "CLIENT", "KILL", "TYPE", "replica");
            cluster.until(
                    "replicas follow with the new one",
                    () -> IntStream.range(0, 6)
                            .filter(i -> asks(cluster, i, "ROLE").startsWith("slave"))
                            .allMatch(
                                    i -> asks(cluster, i, "INFO", "replication").contains("master_link_status:up")));
            cluster.until(
                    "still watched",
                    () -> open.watch().now().nodes().values().stream().allMatch(n -> n.answers()));
        }
    }

    private static String asks(LocalCluster cluster, int i, String... words) {
        try (var links = new LettuceLinks(Ways.DIRECT, () -> new Login("", Optional.of(Secret.of(NEW))));
                var link = links.act(cluster.server(i).address())) {
            return link.call(words).text();
        } catch (Failure | InterruptedException unheard) {
            throw new AssertionError(unheard);
        }
    }

    private void nowhereInClear() throws Exception {
        for (var file : Tree.below(folder).stream().filter(Files::isRegularFile).toList()) {
            var bytes = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
            assertFalse(bytes.contains("n3w") || bytes.contains("0ld"), file::toString);
        }
    }
}
