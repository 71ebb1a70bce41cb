package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.Adoption;
import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.deck.Unattended;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.nodes.NodeOperations.Signal;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster made by hand, with a password, without any log, in a path with spaces: found and operated from one address, over SSH. */
@Tag("lab")
@Timeout(300)
class AdoptLabTest {
    private static final String MARK = "pl4nted";
    private static final String PASSWORD = "it's " + MARK + " $(by) hand 大";

    @TempDir
    static Path ours;

    private static Lab lab;
    private static HandMade made;

    @TempDir
    Path home;

    @BeforeAll
    static void byHand() throws Exception {
        System.setProperty("clusterdeck.ssh", ours.resolve("ssh").toString());
        lab = Lab.bare(3);
        made = new HandMade(lab, ours, Unattended.TRUSTING, PASSWORD);
    }

    @AfterAll
    static void end() {
        if (made != null) {
            made.close();
        }
        System.clearProperty("clusterdeck.ssh");
    }

    /** From the second host's second node, with the way to that one host. */
    private static OpenCluster adopted(Deck deck, Access access) throws Exception {
        var seed = new NodeAddress(lab.address("h2"), 9001);
        var host = List.of(lab.spec("h2", "ops"));
        deck.adopt(new Adoption("hand", seed, "", Optional.of(Secret.of(PASSWORD)), access, host));
        return allAnswer(deck.open("hand"));
    }

    private static OpenCluster allAnswer(OpenCluster cluster) {
        HandMade.until(() -> {
            var seen = cluster.watch().now().nodes().values();
            return seen.size() == 6 && seen.stream().allMatch(Node::answers);
        });
        return cluster;
    }

    private static Node at(OpenCluster cluster, NodeAddress address) {
        return cluster.watch().now().nodes().values().stream()
                .filter(n -> n.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void foundAndOperatedFromOneAddress() throws Exception {
        var over = new AtomicBoolean();
        var shown = CompletableFuture.supplyAsync(() -> shownUntil(over));
        try (var deck = DeckApp.open(Home.at(home), Unattended.TRUSTING)) {
            var hand = adopted(deck, Access.DIRECT);
            HandMade.until(() -> hand.spec().sites().size() == 6);
            for (var site : hand.spec().sites()) {
                var folder = HandMade.FOLDER + "/" + site.address().port() + "/date";
                assertEquals(folder, site.directory().value());
            }
            var key = made.key();
            made.says(made.nodes.get(0), "SET", key, "by hand");
            var killed = at(hand, made.nodes.get(0));
            var heir = made.nodes.get(5);
            Operating.ran(deck, hand.nodes().kill(killed.id(), new Signal.Kill()));
            HandMade.until(() -> !at(hand, killed.address()).answers());
            assertEquals("master", made.role(heir));
            assertEquals("by hand", made.says(heir, "GET", key));
            Operating.ran(deck, hand.nodes().start(killed.id()));
            assertEquals("slave", made.role(killed.address()));
            var master = at(hand, made.nodes.get(1));
            var before = made.runId(master.address());
            var plan = Operating.ran(deck, hand.nodes().restart(master.id()));
            assertEquals("hand-over", plan.stages().getFirst().id());
            assertEquals("slave", made.role(master.address()));
            assertEquals("master", made.role(made.nodes.get(3)));
            assertNotEquals(before, made.runId(master.address()));
            Operating.ran(deck, hand.aof().check(at(hand, heir).id()));
            assertTrue(hand.aof().lastReport(at(hand, heir).id()).orElseThrow().sound());
            var none = assertThrows(Failure.class, () -> hand.log(master.id(), 10, l -> {}));
            assertEquals("deck.no-log", none.what().key());
            assertFalse(lab.showing(":9000 [cluster]").isEmpty(), "the search sees processes");
        } finally {
            over.set(true);
        }
        assertEquals(List.of(), shown.get());
        assertEquals(List.of(), holding(MARK));
        assertFalse(holding(HandMade.FOLDER).isEmpty(), "the search sees files");
        try (var deck = DeckApp.open(Home.at(home), Unattended.TRUSTING)) {
            allAnswer(deck.open("hand")); // its password was kept: nobody is asked
        }
    }

    /** The processes that showed the password at any time. */
    private static List<Lab.Seen> shownUntil(AtomicBoolean over) {
        var shown = new ArrayList<Lab.Seen>();
        while (!over.get()) {
            shown.addAll(lab.showing(MARK));
        }
        return shown;
    }

    /** The files of our home that hold a text: none, since secrets are kept encrypted. */
    private List<Path> holding(String text) throws Exception {
        var holding = new ArrayList<Path>();
        try (var paths = Files.walk(home)) {
            for (var file : paths.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    holding.add(file);
                }
            }
        }
        return holding;
    }

    /** Only one host was told: the others are found from the nodes' addresses, signed in to through it, and each reaches its own nodes. */
    @Test
    void throughOneHostToAllOthers() throws Exception {
        try (var deck = DeckApp.open(Home.at(home), Unattended.TRUSTING)) {
            var hand = adopted(deck, Access.THROUGH_HOSTS);
            var told = lab.spec("h2", "ops").name();
            HandMade.until(() -> hand.spec().sites().size() == 6);
            assertEquals(3, hand.spec().hosts().size());
            for (var host : hand.spec().hosts()) {
                assertEquals(host.name().equals(told) ? null : told.value(), host.jump());
            }
            for (var node : made.nodes) {
                var from = " addr=" + node.host() + ":";
                var clients = made.says(node, "CLIENT", "LIST").lines();
                assertTrue(clients.anyMatch(c -> c.contains(from) && c.contains(" name=clusterdeck")), node::toString);
            }
        }
    }
}
