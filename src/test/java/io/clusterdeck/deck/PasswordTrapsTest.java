package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.conf.Packed;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a change of the password of real servers would be lost later: user lines, lists of users, and deeds of others. */
@Tag("local")
@Timeout(180)
class PasswordTrapsTest {
    private static final String OLD = "old secret";
    private static final String NEW = "new secret";

    private static final String HASH = Packed.sha256(OLD.getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private DeckApp deck() throws Exception {
        return DeckApp.open(Home.at(folder.resolve("home")), Unattended.REFUSING);
    }

    private static OpenCluster adopted(LocalCluster cluster, DeckApp deck) throws Exception {
        var seed = cluster.server(0).address();
        deck.adopt(new Adoption("carts", seed, "", Optional.of(Secret.of(OLD)), Access.DIRECT, List.of()));
        return Passworded.opened(cluster, deck);
    }

    private static Offer.Ready change(OpenCluster open, String to) throws Exception {
        return assertInstanceOf(Offer.Ready.class, open.changePassword("", Optional.of(Secret.of(to)), false));
    }

    private static Outcome run(DeckApp deck, Offer.Ready offer) throws Exception {
        return deck.runs().start(offer).await().ended().orElseThrow().outcome();
    }

    /** As CONFIG REWRITE leaves them. */
    @Test
    void aLineOfTheUserDefaultIsChangedToo() throws Exception {
        try (var cluster = new LocalRecipe(3, 0).password(OLD).start();
                var deck = deck()) {
            cluster.call(0, "CONFIG", "REWRITE");
            assertTrue(Files.readString(cluster.server(0).conf()).contains("user default on #"));
            var open = adopted(cluster, deck);
            assertEquals(Outcome.DONE, run(deck, change(open, NEW)));
            cluster.kill(0);
            cluster.start(0);
            cluster.until("lets in with the new one", () -> Passworded.lets(cluster, 0, NEW));
            assertFalse(Passworded.lets(cluster, 0, OLD));
        }
    }

    /** Without a list of users (aclfile) it is the file that lets a named user in after a restart. */
    @Test
    void aLineOfANamedUserIsChangedToo() throws Exception {
        try (var cluster = new LocalRecipe(3, 0)
                        .password(OLD)
                        .directives("user app on >hers ~app:* &* +@all")
                        .start();
                var deck = deck()) {
            var open = adopted(cluster, deck);
            var to = Optional.of(Secret.of(NEW));
            var change = assertInstanceOf(Offer.Ready.class, open.changePassword("app", to, false));
            assertEquals(Outcome.DONE, run(deck, change));
            var retire = assertInstanceOf(Offer.Ready.class, open.changePassword("app", to, true));
            assertEquals(Outcome.DONE, run(deck, retire));
            cluster.kill(0);
            cluster.start(0);
            cluster.until("lets in with the new one", () -> Passworded.lets(cluster, 0, "app", NEW));
            assertFalse(Passworded.lets(cluster, 0, "app", "hers"));
            assertTrue(Passworded.lets(cluster, 0, OLD), "the default user is another matter");
            assertTrue(Files.readString(cluster.server(0).conf()).contains("user app on ~app:* &* +@all "));
        }
    }

    @Test
    void aListOfUsersThatIsNotSavedIsNotDone() throws Exception {
        var lists = Files.createDirectories(folder.resolve("lists"));
        var aside = folder.resolve("aside");
        var list = lists.resolve("users.acl");
        Files.writeString(list, "user default on #" + HASH + " ~* &* +@all\n");
        try (var cluster = new LocalRecipe(1, 0)
                        .password(OLD)
                        .directives("aclfile " + list)
                        .start();
                var deck = deck()) {
            var open = adopted(cluster, deck);
            Files.move(lists, aside);
            var offer = change(open, NEW);
            assertEquals(Outcome.FAILED, run(deck, offer));
            Files.move(aside, lists);
            assertEquals(1, Files.readString(list).split("#|>", -1).length - 1);
            var again = deck.runs().resume(offer.plan().id()).await();
            assertEquals(Outcome.DONE, again.ended().orElseThrow().outcome(), again.steps()::toString);
            assertEquals(2, Files.readString(list).split("#|>", -1).length - 1);
        }
    }

    /** A change that was given up for another one holds up nobody; what other programs kept of it is read when ours is refused. */
    @Test
    void ofTwoChangesTheOneThatEndedCounts() throws Exception {
        try (var cluster = new LocalRecipe(3, 0).password(OLD).start();
                var here = deck()) {
            var open = adopted(cluster, here);
            try (var there = deck()) {
                var other = Passworded.opened(cluster, there);
                var first = change(other, "the first try");
                change(other, NEW);
                assertEquals(Outcome.DONE, run(there, first));
                assertTrue(Passworded.lets(cluster, 1, "the first try"));
                assertEquals(Outcome.DONE, run(there, change(other, NEW)));
                var retire = assertInstanceOf(Offer.Ready.class, other.changePassword("", Optional.empty(), true));
                assertEquals(Outcome.DONE, run(there, retire));
            }
            cluster.call(0, "PING");
            assertFalse(Passworded.lets(cluster, 0, OLD));
            assertTrue(Passworded.lets(cluster, 0, NEW));
            var refused = assertInstanceOf(Offer.Refused.class, open.changePassword("", Optional.empty(), true));
            assertEquals("config.password.alone", refused.why().key());
        }
    }

    /** A node that lost it meanwhile gets it back. */
    @Test
    void theOldOneStaysWhereItWas() throws Exception {
        try (var cluster = new LocalRecipe(3, 0).password(OLD).start();
                var deck = deck()) {
            var open = adopted(cluster, deck);
            var offer = change(open, NEW);
            cluster.call(1, "CONFIG", "SET", "requirepass", NEW);
            assertFalse(Passworded.lets(cluster, 1, OLD));
            assertEquals(Outcome.DONE, run(deck, offer));
            assertTrue(Passworded.lets(cluster, 1, OLD) && Passworded.lets(cluster, 1, NEW));
        }
    }

    @Test
    void whereOneShardIsOpenOnlyItsNodesSignInFirst() throws Exception {
        try (var cluster = new LocalRecipe(3, 1).password(OLD).start();
                var deck = deck()) {
            var open = adopted(cluster, deck);
            cluster.call(0, "ACL", "SETUSER", "default", "nopass");
            var stages = change(open, NEW).plan().stages();
            assertEquals(
                    List.of("password-masterauth-first", "password-admit", "password-masterauth", "settings"),
                    stages.stream().map(s -> s.id()).toList());
            assertEquals(2, stages.getFirst().steps().size());
            assertEquals(4, stages.get(2).steps().size());
        }
    }
}
