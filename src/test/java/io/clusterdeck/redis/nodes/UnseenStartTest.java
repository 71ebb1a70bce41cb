package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.forecast.ForecastWords;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.LastRun;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.redis.nodes.NodeOperations.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is started by a process that never saw it run, as every command of the command line is one. */
@Tag("local")
class UnseenStartTest {
    private static final List<String> KEPT = List.of("TZ", "MALLOC_ARENA_MAX", "LC_ALL", "LANG");

    @TempDir
    Path folder;

    /** Nobody takes over meanwhile. */
    private static LocalCluster patient(String... directives) {
        return new LocalRecipe(3, 1)
                .directives("cluster-node-timeout 60000")
                .directives(directives)
                .start();
    }

    private static void killed(LocalCluster cluster) {
        cluster.until("replicated", () -> cluster.call(0, "DBSIZE").equals(cluster.call(3, "DBSIZE")));
        cluster.kill(0);
        cluster.until("missed", () -> cluster.info(3, "master_link_status").equals("down"));
    }

    @Test
    void aMasterWithAnOldDumpIsNotStartedOverItsReplicas() throws Exception {
        var cluster = patient("appendonly no", "save \"\"");
        cluster.fill(100);
        cluster.call(0, "SAVE");
        cluster.fill(1000);
        killed(cluster);
        try (var deck = new Operated(cluster, folder, 0)) {
            var refused = Operated.refused(deck.nodes.start(deck.id(0)));
            assertEquals("nodes.refused.start-less", refused.why().key());
            assertTrue(refused.why().toString().contains("nodes.reload.dump-short"), refused.why()::toString);
            assertEquals(
                    Consent.Type.class, refused.insist().getFirst().consent().getClass());
            assertEquals(
                    "nodes.refused.all-start-less",
                    Operated.refused(deck.nodes.startAll()).why().key());
        }
    }

    /** Bytes came after its dump, and were pings: its replica, which counts what is written to it, has no change since a dump before. */
    @Test
    void pingsAfterTheDumpAreNoLoss() throws Exception {
        var cluster = patient("appendonly no", "save \"\"", "repl-ping-replica-period 1");
        cluster.fill(300);
        cluster.until("replicated", () -> cluster.call(0, "DBSIZE").equals(cluster.call(3, "DBSIZE")));
        cluster.call(3, "SAVE");
        cluster.call(0, "SAVE");
        var saved = cluster.info(3, "slave_repl_offset");
        cluster.until("pinged", () -> !cluster.info(3, "slave_repl_offset").equals(saved));
        killed(cluster);
        try (var deck = new Operated(cluster, folder, 0)) {
            deck.run(deck.nodes.start(deck.id(0)));
            assertEquals(cluster.call(3, "DBSIZE"), cluster.call(0, "DBSIZE"));
        }
    }

    /** Nobody answers, and yet their dumps tell: a replica saved more than its master, which would make it throw that away. */
    @Test
    void ofAStoppedClusterAReplicasNewerDumpIsSeen() throws Exception {
        var cluster = patient("appendonly no", "save \"\"");
        cluster.fill(100);
        cluster.call(0, "SAVE");
        cluster.fill(1000);
        cluster.until("replicated", () -> cluster.call(0, "DBSIZE").equals(cluster.call(3, "DBSIZE")));
        for (int i : List.of(1, 2, 3, 4, 5)) {
            cluster.call(i, "SAVE");
        }
        try (var deck = new Operated(cluster, folder)) {
            for (int i = 0; i < 6; i++) {
                cluster.kill(i);
            }
            var nobody = new ClusterState(
                    "here",
                    Instant.EPOCH,
                    Map.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    SlotOwners.none(),
                    0,
                    Duration.ofSeconds(1),
                    0);
            var ops = deck.ops;
            var later = new Ops(ops.spec(), () -> nobody, ops.links(), ops.ground(), ops.learn());
            var refused = Operated.refused(new NodeOperations(later, ForecastWords::beyond).startAll());
            assertEquals("nodes.refused.all-start-less", refused.why().key());
            var why = refused.why().toString();
            assertTrue(why.contains("nodes.reload.dump-behind"), why);
            assertTrue(why.contains(cluster.server(3).address().toString()), why);
            assertFalse(why.contains("at " + cluster.server(1).address()), why);
        }
    }

    /** What it saved when it ended is all that there was. */
    @Test
    void aDumpOfItsEndIsEnough() throws Exception {
        var cluster = patient("appendonly no", "save 3600 1");
        cluster.fill(300);
        cluster.until("replicated", () -> cluster.call(0, "DBSIZE").equals(cluster.call(3, "DBSIZE")));
        cluster.signal(0, "TERM");
        cluster.until("missed", () -> cluster.info(3, "master_link_status").equals("down"));
        try (var deck = new Operated(cluster, folder, 0)) {
            deck.run(deck.nodes.start(deck.id(0)));
            assertEquals(cluster.call(3, "DBSIZE"), cluster.call(0, "DBSIZE"));
        }
    }

    @Test
    void whetherItAppendedMustHaveBeenSeen() throws Exception {
        var cluster = patient();
        cluster.fill(300);
        killed(cluster);
        try (var deck = new Operated(cluster, folder, 0)) {
            var refused = Operated.refused(deck.nodes.start(deck.id(0)));
            assertTrue(refused.why().toString().contains("nodes.reload.append-unseen"), refused.why()::toString);
            remember(deck, false);
            refused = Operated.refused(deck.nodes.start(deck.id(0)));
            assertTrue(refused.why().toString().contains("nodes.reload.aof-only-file"), refused.why()::toString);
            remember(deck, true);
            deck.run(deck.nodes.start(deck.id(0)));
            assertEquals(cluster.call(3, "DBSIZE"), cluster.call(0, "DBSIZE"));
        }
    }

    private static void remember(Operated deck, boolean appends) {
        var site = deck.cluster.site(deck.cluster.server(0));
        var how = new LastRun(site.directory().value(), "", List.of(), Optional.of(appends));
        var sites = new ArrayList<>(deck.cluster.spec().sites());
        sites.set(0, site.ran(site.binary(), System.getProperty("user.name"), Optional.empty(), how));
        deck.keep(deck.cluster.spec().withSites(sites));
    }

    /**
     * Its environment and its limit are read from a live process only, and must be there when it is none. A server that shows a title, as
     * they do if not told otherwise, writes that over its environment, of which nothing is known then.
     */
    @Test
    void itIsStartedAsItWasStarted() throws Exception {
        var cluster = LocalCluster.start(3, 1, "set-proc-title no");
        cluster.kill(4);
        byHand(cluster, 4);
        cluster.until("settled", cluster::settled);
        var before = environment(cluster.pid(4));
        assertTrue(before.contains("TZ=Asia/Tokyo"), before::toString);
        var first = new Operated(cluster, folder.resolve("first"));
        first.run(first.nodes.kill(first.id(4), new Signal.Kill()));
        first.leave();
        try (var deck = new Operated(cluster, folder.resolve("second"), 4)) {
            var sites = new ArrayList<>(cluster.spec().sites());
            sites.replaceAll(s -> first.learned.getOrDefault(s.address(), s));
            deck.keep(cluster.spec().withSites(sites));
            assertFalse(sites.toString().contains("hunter2"), "what may be a secret is not kept");
            deck.run(deck.nodes.start(deck.id(4)));
            assertEquals(before, environment(cluster.pid(4)));
            assertEquals("12345", openFiles(cluster.pid(4)));
        }
    }

    private static void byHand(LocalCluster cluster, int i) throws Exception {
        var start = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n 12345; exec \"$0\" \"$1\"",
                        cluster.binary().toString(),
                        cluster.server(i).conf().toString())
                .directory(cluster.server(i).data().toFile())
                .inheritIO();
        start.environment().keySet().removeAll(KEPT);
        start.environment().put("TZ", "Asia/Tokyo");
        start.environment().put("MALLOC_ARENA_MAX", "2");
        start.environment().put("TOKEN", "hunter2");
        assertEquals(0, start.start().waitFor());
    }

    private static TreeSet<String> environment(long pid) throws IOException {
        var all = new TreeSet<>(
                List.of(Files.readString(Path.of("/proc/" + pid + "/environ")).split("\0", -1)));
        all.removeIf(l -> !KEPT.contains(l.replaceAll("=.*", "")));
        return all;
    }

    private static String openFiles(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/limits")).stream()
                .filter(l -> l.startsWith("Max open files"))
                .findFirst()
                .orElseThrow()
                .split(" +")[3];
    }
}
