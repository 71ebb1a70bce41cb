package io.clusterdeck.redis.aof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.redis.Appended;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.RedisBinary;
import io.clusterdeck.redis.nodes.Operated;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Append-only files of real servers, damaged and cured: 6.2's single file and 7.0's folder. */
@Tag("local")
class AofOperationsTest {
    @TempDir
    Path folder;

    private Operated deck(String version, int masters, int replicas) {
        return new Operated(
                new LocalRecipe(masters, replicas)
                        .version(version)
                        .folder("with space")
                        .start(),
                folder);
    }

    private static Path file(LocalCluster c, int i) {
        var seven = c.server(i).data().resolve("appendonlydir/appendonly.aof.1.incr.aof");
        return Files.exists(seven) ? seven : c.server(i).data().resolve("appendonly.aof");
    }

    /** Breaks the mark of the first command behind a share of the file. */
    private static void damage(LocalCluster c, int i, double share) throws IOException {
        Appended.await(c, i);
        var file = file(c, i);
        var bytes = Files.readAllBytes(file);
        int at = (int) (bytes.length * share);
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("\r\n*3\r\n", at) + 2] = 'X';
        Files.write(file, bytes);
    }

    private static AofReport check(Operated deck, int i) throws Exception {
        deck.run(deck.aof.check(deck.id(i)));
        return deck.aof.lastReport(deck.id(i)).orElseThrow();
    }

    private static List<String> stages(Offer offer) {
        return Operated.ready(offer).plan().stages().stream().map(Stage::id).toList();
    }

    private static String why(Offer offer) {
        return Operated.refused(offer).why().key();
    }

    /** What was set aside: file or folder. */
    private static List<Path> kept(LocalCluster c, int i) throws IOException {
        try (var files = Files.list(c.server(i).data())) {
            return files.filter(f -> f.getFileName().toString().contains(".damaged-"))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {RedisBinary.V6, RedisBinary.V7})
    void aRunningNodeRewritesFromMemory(String version) throws Exception {
        try (var deck = deck(version, 3, 0)) {
            var c = deck.cluster;
            assertEquals(
                    version.equals(RedisBinary.V6) ? AofReport.State.EMPTY : AofReport.State.VALID,
                    check(deck, 0).state());
            c.fill(3000);
            var sound = check(deck, 0);
            assertEquals(AofReport.State.VALID, sound.state(), sound::toString);
            assertEquals(List.of(), deck.aof.cures(sound));

            var keys = c.call(0, "DBSIZE");
            long pid = c.pid(0);
            damage(c, 0, 0.1);
            var damaged = Files.readAllBytes(file(c, 0));
            var report = check(deck, 0);
            assertEquals(AofReport.State.DAMAGED, report.state());
            assertEquals(
                    version.equals(RedisBinary.V6)
                            ? "Expected prefix '*', got: 'X'"
                            : "AOF appendonly.aof.1.incr.aof format error",
                    report.reason());
            assertEquals(damaged.length, report.size());
            assertTrue(report.share() > 0.85 && report.share() < 0.91, report::toString);
            assertTrue(report.firstLost().get(1).startsWith("SET key:"), report.firstLost()::toString);
            assertTrue(report.lostCommands() > 800, report::toString);

            var cures = deck.aof.cures(report);
            assertEquals(List.of("keep", "rewrite", "check-aof"), stages(cures.get(0)));
            assertEquals(
                    Consent.Plain.class, Operated.ready(cures.get(0)).consent().getClass());
            assertEquals("aof.resync.owner", why(cures.get(1)));
            assertEquals("aof.truncate.in-memory", why(cures.get(2)));
            deck.run(cures.get(0));
            assertEquals(
                    AofReport.State.VALID,
                    deck.aof.lastReport(deck.id(0)).orElseThrow().state());
            assertEquals(pid, c.pid(0), "it was not stopped");
            var old = kept(c, 0).getFirst();
            assertArrayEquals(
                    damaged,
                    Files.readAllBytes(Files.isDirectory(old) ? old.resolve("appendonly.aof.1.incr.aof") : old));
            c.kill(0);
            c.start(0);
            c.until("settled", c::settled);
            assertEquals(keys, c.call(0, "DBSIZE"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {RedisBinary.V6, RedisBinary.V7})
    void aDeadReplicaFetchesEverythingFromItsMaster(String version) throws Exception {
        try (var deck = deck(version, 3, 1)) {
            var c = deck.cluster;
            c.fill(1000);
            c.until("replicated", () -> c.call(0, "DBSIZE").equals(c.call(3, "DBSIZE")));
            Appended.await(c, 3);
            c.kill(3);
            deck.seesDown(3);
            if (version.equals(RedisBinary.V7)) {
                // an RDB from the master is its base: break the incremental file that follows it
                Files.write(lastIncr(c, 3), "*1\r\n$4\r\nPI".getBytes(StandardCharsets.US_ASCII));
            } else {
                damage(c, 3, 0.5);
            }
            var report = check(deck, 3);
            assertEquals(AofReport.State.DAMAGED, report.state(), report::toString);
            var cures = deck.aof.cures(report);
            assertEquals("aof.rewrite.down", why(cures.get(0)));
            assertEquals(List.of("aside", "start", "settle", "check-aof"), stages(cures.get(1)));
            assertEquals("aof.truncate.master-has", why(cures.get(2)));
            assertEquals(
                    Consent.Type.class,
                    Operated.refused(cures.get(2)).insist().getFirst().consent().getClass());
            deck.run(cures.get(1));
            assertEquals("up", c.info(3, "master_link_status"));
            assertEquals(c.call(0, "DBSIZE"), c.call(3, "DBSIZE"));
            assertEquals(1, kept(c, 3).size());
        }
    }

    private static Path lastIncr(LocalCluster c, int i) throws IOException {
        var dir = c.server(i).data().resolve("appendonlydir");
        var last = Files.readAllLines(dir.resolve("appendonly.aof.manifest")).getLast();
        return dir.resolve(last.split(" ")[1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {RedisBinary.V6, RedisBinary.V7})
    void theOnlyCopyIsCutWithABackup(String version) throws Exception {
        try (var deck = deck(version, 3, 0)) {
            var c = deck.cluster;
            c.fill(3000);
            deck.sees(
                    "keys",
                    n -> n.stream().allMatch(x -> x.info().orElseThrow().info().containsKey("db0")));
            int keys = Integer.parseInt(c.call(0, "DBSIZE"));
            c.kill(0);
            deck.seesDown(0);
            var file = file(c, 0);
            var whole = Files.readAllBytes(file);
            // the last command is torn
            Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 5));
            var report = check(deck, 0);
            assertEquals(AofReport.State.DAMAGED, report.state());
            var cures = deck.aof.cures(report);
            assertEquals("aof.rewrite.down", why(cures.get(0)));
            assertEquals("aof.resync.owner", why(cures.get(1)));
            assertEquals(List.of("truncate", "check-aof", "start", "settle"), stages(cures.get(2)));
            assertEquals(
                    Consent.Ask.class, Operated.ready(cures.get(2)).consent().getClass());

            // by an old report too much would go
            Files.write(file, new byte[] {'*'}, StandardOpenOption.APPEND);
            assertEquals("aof.truncate.changed", why(deck.aof.cures(report).get(2)));

            // much more is at stake when it is broken early
            damage(c, 0, 0.1);
            var torn = Files.readAllBytes(file);
            var worse = check(deck, 0);
            var cut = deck.aof.cures(worse).get(2);
            assertEquals(
                    deck.node(0).address().toString(),
                    ((Consent.Type) Operated.ready(cut).consent()).text());
            deck.run(cut);
            int left = Integer.parseInt(c.call(0, "DBSIZE"));
            assertTrue(left > 0 && left < keys * 0.2, left + " of " + keys);
            var old = kept(c, 0).getFirst();
            assertArrayEquals(torn, Files.readAllBytes(Files.isDirectory(old) ? old.resolve(file.getFileName()) : old));
            assertEquals(worse.okUpTo(), Files.size(file));
        }
    }

    @Test
    void aReplicaHasWhatTheFileLost() throws Exception {
        try (var deck = new Operated(
                new LocalRecipe(3, 1).directives("cluster-node-timeout 60000").start(), folder)) {
            var c = deck.cluster;
            c.fill(1000);
            c.kill(0);
            deck.seesDown(0);
            damage(c, 0, 0.5);
            assertEquals(
                    "aof.truncate.replica-has",
                    why(deck.aof.cures(check(deck, 0)).get(2)));
        }
    }

    /** Its replica is off, and may hold everything: the little that would be cut is no little then. */
    @Test
    void aReplicaThatCannotBeAskedMayHaveIt() throws Exception {
        try (var deck = new Operated(
                new LocalRecipe(3, 1).directives("cluster-node-timeout 60000").start(), folder)) {
            var c = deck.cluster;
            c.fill(1000);
            c.kill(3);
            c.kill(0);
            deck.seesDown(3);
            deck.seesDown(0);
            var whole = Files.readAllBytes(file(c, 0));
            Files.write(file(c, 0), java.util.Arrays.copyOf(whole, whole.length - 5));
            var cut = Operated.refused(deck.aof.cures(check(deck, 0)).get(2));
            assertEquals("aof.truncate.unasked", cut.why().key());
            assertEquals(
                    List.of(deck.node(3).address().toString()), cut.why().args().get("others"));
            assertEquals(
                    deck.node(0).address().toString(),
                    ((Consent.Type) cut.insist().getFirst().consent()).text());
            // likewise a replica whose master can't be asked
            Files.write(file(c, 3), "*1\r\n$4\r\nPI".getBytes(StandardCharsets.US_ASCII), StandardOpenOption.APPEND);
            assertEquals(
                    "aof.truncate.unasked", why(deck.aof.cures(check(deck, 3)).get(2)));
        }
    }

    @Test
    void aBrokenPreambleCannotBeCut() throws Exception {
        try (var deck = deck(RedisBinary.V6, 3, 0)) {
            var c = deck.cluster;
            c.fill(1000);
            c.call(0, "BGREWRITEAOF");
            c.until(
                    "rewritten",
                    () -> c.info(0, "aof_rewrite_in_progress").equals("0")
                            && c.info(0, "aof_rewrite_scheduled").equals("0"));
            c.kill(0);
            deck.seesDown(0);
            var bytes = Files.readAllBytes(file(c, 0));
            bytes[bytes.length / 2] ^= 0x55;
            Files.write(file(c, 0), bytes);
            var report = check(deck, 0);
            assertEquals(AofReport.State.PREAMBLE_BROKEN, report.state(), report::toString);
            assertEquals("aof.truncate.preamble", why(deck.aof.cures(report).get(2)));
        }
    }

    @Test
    void aGrowingFileRaisesNoFalseAlarm() throws Exception {
        try (var deck = deck(RedisBinary.V6, 3, 0)) {
            var stop = new AtomicBoolean();
            var writer = Thread.ofVirtual().start(() -> {
                while (!stop.get()) {
                    deck.cluster.fill(500);
                }
            });
            try {
                for (int i = 0; i < 8; i++) {
                    var report = check(deck, 0);
                    assertTrue(report.sound(), report::toString);
                }
            } finally {
                stop.set(true);
                writer.join();
            }
            assertFalse(check(deck, 0).size() == 0);
        }
    }
}
