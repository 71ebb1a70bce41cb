package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Tree;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.conf.Packed;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.NodeOperations.Signal;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A password that was only ever set with CONFIG SET: who starts a node again must not open it to everyone. */
@Tag("local")
@Timeout(180)
class LivePasswordTest {
    private static final String SECRET = "set \"live\" only";

    @TempDir
    Path folder;

    @Test
    void aNodeComesBackGuarded() throws Exception {
        try (var cluster = new LocalRecipe(3, 1).start()) {
            guard(cluster);
            try (var deck = DeckApp.open(Home.at(folder), Unattended.REFUSING)) {
                var open = watched(cluster, deck);
                killedAndStarted(cluster, deck, open);
                restarted(cluster, deck, open);
                allStoppedAndStarted(cluster, deck, open);
            }
        }
    }

    /** Its password was taken away on most nodes, then set on all in a way that CONFIG GET does not tell. */
    @Test
    void oneThatIsSilentOfItsPasswordIsNotTheLastWord() throws Exception {
        try (var cluster = new LocalRecipe(3, 1).start()) {
            guard(cluster);
            try (var deck = DeckApp.open(Home.at(folder), Unattended.REFUSING)) {
                var open = watched(cluster, deck);
                var id = cluster.server(4).id();
                run(deck, open.nodes().kill(id, new Signal.Kill()));
                cluster.until(
                        "gone", () -> !open.watch().now().node(id).orElseThrow().answers());
                var others = open.watch().now().nodes().values().stream()
                        .filter(n -> n.answers())
                        .map(n -> index(cluster, n.id()))
                        .toList();
                for (int i : others.subList(0, 4)) {
                    assertEquals("OK", Passworded.call(cluster, i, SECRET, "CONFIG", "SET", "requirepass", ""));
                }
                assertEquals(List.of("settings", "start", "settle"), stages(start(open, id)), "only one tells");
                Passworded.call(cluster, others.getLast(), SECRET, "CONFIG", "SET", "requirepass", "");
                assertEquals(List.of("start", "settle"), stages(start(open, id)), "all let everyone in");
                for (int i : others) {
                    cluster.call(i, "ACL", "SETUSER", "default", "resetpass", ">" + SECRET);
                }
                var start = start(open, id);
                assertEquals(List.of("settings", "start", "settle"), stages(start), "none tells");
                run(deck, open.nodes().start(id));
                guarded(cluster, 4);
            }
        }
    }

    private static int index(LocalCluster cluster, NodeId id) {
        return IntStream.range(0, 6)
                .filter(i -> cluster.server(i).id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Plan start(OpenCluster open, NodeId id) throws Exception {
        return assertInstanceOf(Offer.Ready.class, open.nodes().start(id)).plan();
    }

    private static void guard(LocalCluster cluster) {
        for (int i = 0; i < 6; i++) {
            cluster.call(i, "CONFIG", "SET", "masterauth", SECRET);
        }
        for (int i = 0; i < 6; i++) {
            cluster.call(i, "CONFIG", "SET", "requirepass", SECRET);
        }
    }

    private static OpenCluster watched(LocalCluster cluster, DeckApp deck) throws Exception {
        var seed = cluster.server(0).address();
        deck.adopt(new Adoption("carts", seed, "", Optional.of(Secret.of(SECRET)), Access.DIRECT, List.of()));
        return Passworded.opened(cluster, deck);
    }

    private void killedAndStarted(LocalCluster cluster, DeckApp deck, OpenCluster open) throws Exception {
        var id = cluster.server(4).id();
        run(deck, open.nodes().kill(id, new Signal.Kill()));
        cluster.until("gone", () -> !open.watch().now().node(id).orElseThrow().answers());
        var start = assertInstanceOf(Offer.Ready.class, open.nodes().start(id));
        assertEquals(List.of("settings", "start", "settle"), stages(start.plan()));
        var edit = start.plan().steps().getFirst().edits().getFirst();
        assertTrue(edit.after().contains("requirepass ••••••") && edit.after().contains("masterauth ••••••"));
        assertFalse((start.plan() + edit.after()).contains(SECRET), "shown in clear");
        run(deck, start);
        guarded(cluster, 4);
        theSecretItselfCounts(cluster, open, start.plan().steps().getFirst());
        nothingIsJournaledByWhichItCouldBeGuessed(cluster, deck, open);
    }

    /** The masked text is what it is to be, the password another one. */
    private static void theSecretItselfCounts(LocalCluster cluster, OpenCluster open, Step keep) throws Exception {
        var ground = ((Operable) open).ops().ground();
        assertInstanceOf(Verdict.Done.class, keep.check(ground));
        var conf = cluster.server(4).conf();
        var text = Files.readString(conf);
        Files.writeString(conf, text.replace("\\\"live\\\"", "dead"));
        assertInstanceOf(Verdict.Blocked.class, keep.check(ground));
        Files.writeString(conf, text);
    }

    /** Everything else of a file is in the diff: the sum of the whole would tell whether a guess is right. */
    private void nothingIsJournaledByWhichItCouldBeGuessed(LocalCluster cluster, DeckApp deck, OpenCluster open)
            throws Exception {
        var conf = cluster.server(4).conf();
        var sums = new ArrayList<>(List.of(Packed.sha256(Files.readAllBytes(conf))));
        var id = cluster.server(4).id();
        cluster.until("seen", () -> open.watch().now().node(id).orElseThrow().answers());
        run(deck, open.config().set(List.of(id), "slowlog-max-len", "99"));
        assertTrue(Files.readString(conf).contains("slowlog-max-len 99"));
        sums.add(Packed.sha256(Files.readAllBytes(conf)));
        var journals = Tree.below(folder).stream()
                .filter(f -> f.toString().endsWith(".jsonl"))
                .toList();
        var text = new StringBuilder();
        for (var journal : journals) {
            text.append(Files.readString(journal));
        }
        assertTrue(text.indexOf("node.keep") > 0, "no edit is journaled in " + journals);
        assertEquals(List.of(), sums.stream().filter(s -> text.indexOf(s) >= 0).toList());
    }

    private static void restarted(LocalCluster cluster, DeckApp deck, OpenCluster open) throws Exception {
        var id = cluster.server(5).id();
        cluster.until("seen", () -> open.watch().now().node(id).orElseThrow().answers());
        var restart = assertInstanceOf(Offer.Ready.class, open.nodes().restart(id));
        assertEquals(List.of("settings", "stop", "start", "settle"), stages(restart.plan()));
        run(deck, restart);
        guarded(cluster, 5);
    }

    /** With nobody left to ask, it is the password that is kept. */
    private static void allStoppedAndStarted(LocalCluster cluster, DeckApp deck, OpenCluster open) throws Exception {
        stop(cluster, deck, open);
        var start = assertInstanceOf(Offer.Ready.class, open.nodes().startAll());
        assertEquals(List.of("settings", "start", "settle"), stages(start.plan()));
        assertEquals(4, start.plan().stages().getFirst().steps().size(), "two have it by now");
        run(deck, start);
        for (int i = 0; i < 6; i++) {
            guarded(cluster, i);
        }
        stop(cluster, deck, open);
        var again = assertInstanceOf(Offer.Ready.class, open.nodes().startAll()).plan();
        assertEquals(List.of("start", "settle"), stages(again));
        assertEquals(
                List.of("nodes.impact.start-all"),
                again.costs().stream().map(c -> c.key()).toList(),
                "nothing is written that stands there");
    }

    private static void stop(LocalCluster cluster, DeckApp deck, OpenCluster open) throws Exception {
        run(deck, open.nodes().stopAll());
        cluster.until(
                "nobody", () -> open.watch().now().nodes().values().stream().noneMatch(n -> n.answers()));
    }

    private static void run(DeckApp deck, Offer offer) throws Exception {
        var run = deck.runs().start(assertInstanceOf(Offer.Ready.class, offer)).await();
        assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), run.steps()::toString);
    }

    private static List<String> stages(Plan plan) {
        return plan.stages().stream().map(s -> s.id()).toList();
    }

    private static void guarded(LocalCluster cluster, int i) throws Exception {
        assertTrue(Passworded.lets(cluster, i, SECRET));
        assertTrue(cluster.call(i, "PING").contains("NOAUTH"), "node " + i + " lets everyone in");
        var conf = Files.readString(cluster.server(i).conf());
        assertTrue(conf.contains("masterauth \"set \\\"live\\\" only\""), conf);
    }
}
