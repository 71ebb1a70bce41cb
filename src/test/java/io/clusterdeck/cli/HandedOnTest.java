package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.deck.ClusterFiles;
import io.clusterdeck.redis.drill.DrillExportsTest;
import io.clusterdeck.redis.drill.ResultJson;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.timeline.ActedFailovers;
import io.clusterdeck.redis.timeline.TimelineJson;
import io.clusterdeck.store.Home;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failovers and drills of a kept cluster whose nodes are gone, handed on from the command line as snapshots are. */
class HandedOnTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TAKEN = ActedFailovers.whole().timeline().id();

    @TempDir
    Path folder;

    @BeforeEach
    void keep() throws Exception {
        int nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        var home = Home.at(folder.resolve("home"));
        var seeds = List.of(new NodeAddress("127.0.0.1", nobody));
        ClusterFiles.write(
                home,
                new ClusterSpec("orders", false, false, List.of(), seeds, ClusterSpec.Access.DIRECT, "", List.of()));
        home.failovers("orders").keep(TAKEN, TimelineJson.text(ActedFailovers.whole()));
        var stuck = ActedFailovers.stuck();
        home.failovers("orders").keep(stuck.timeline().id(), TimelineJson.text(stuck));
        var drills = Files.createDirectories(home.drills("orders"));
        Files.writeString(drills.resolve("20261122-1.json"), ResultJson.text(DrillExportsTest.held("20261122-1")));
    }

    private Said by(int code, String... args) throws Exception {
        var said = Said.by(folder, args);
        assertEquals(code, said.code(), String.join(" ", args) + "\n" + said.err() + said.out());
        return said;
    }

    private String[] failovers(String... more) {
        var args = new java.util.ArrayList<>(List.of("failovers", "orders", "--wait", "1"));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    @Test
    void aFailoverInEveryFormatByItsIdSignedAndVerified() throws Exception {
        for (var format : Format.FAILOVERS) {
            var file = folder.resolve("failover" + format.ending());
            by(Code.DONE, failovers(TAKEN, "-o", file.toString(), "--sign"));
            assertTrue(Files.size(file) > 200, format.word());
            assertTrue(by(Code.DONE, "verify", file.toString()).out().contains("your own key"));
        }
        var file = folder.resolve("failover.md");
        Files.writeString(file, Files.readString(file).replace("9003", "9004"));
        assertTrue(by(Code.FAILED, "verify", file.toString()).out().contains("WAS ALTERED"));
        var json = folder.resolve("told");
        by(Code.DONE, failovers(TAKEN, "-o", json.toString(), "--format", "json"));
        assertEquals(TAKEN, JSON.readTree(json.toFile()).path("id").asText());
    }

    /** The rescue card too, and the bundle for support is what its name says. */
    @Test
    void aCardIsHandedOnLikeTheRest() throws Exception {
        for (var format : Format.CARDS) {
            var file = folder.resolve("card" + format.ending());
            by(Code.DONE, "rescue", "orders", "--wait", "1", "-o", file.toString(), "--sign");
            assertTrue(Files.readString(file).contains("orders"), format.word());
            by(Code.DONE, "verify", file.toString());
        }
        var other = folder.resolve("card.pdf");
        by(Code.MISUSED, "rescue", "orders", "-o", other.toString());
        by(Code.MISUSED, "support", "-o", other.toString());
        assertTrue(Files.notExists(other));
        by(Code.DONE, "support", "-o", folder.resolve("support.zip").toString());
    }

    @Test
    void anIdIsPrintedAndTaken() throws Exception {
        var list = by(Code.DONE, failovers()).out();
        assertTrue(list.contains("[" + TAKEN + "]"), list);
        assertTrue(by(Code.DONE, failovers(TAKEN)).out().contains("no writes to slots 0–5460, 7.1 s"));
        assertEquals(
                by(Code.DONE, failovers("1")).out(),
                by(Code.DONE, failovers(TAKEN)).out());
        assertTrue(by(Code.MISUSED, failovers("3")).err().contains("2 are known"));
        by(Code.MISUSED, failovers("no-such-id"));
    }

    @Test
    void allOfThem() throws Exception {
        for (var format : Format.CHRONICLES) {
            var file = folder.resolve("all" + format.ending());
            by(Code.DONE, failovers("-o", file.toString(), "--sign"));
            by(Code.DONE, "verify", file.toString());
        }
    }

    /** Root could replace /dev/stdout, or /dev/null, by a file. */
    @Test
    void whatIsNoFileIsNotReplacedByOne() throws Exception {
        var file = folder.resolve("real.json");
        var link = Files.createSymbolicLink(folder.resolve("link.json"), file);
        by(Code.DONE, failovers("-o", link.toString()));
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.size(file) > 0);
        var empty = Files.createDirectory(folder.resolve("empty.json"));
        by(Code.FAILED, failovers("-o", empty.toString()));
        assertTrue(Files.isDirectory(empty));
    }

    /** Root would leave a file in /dev. */
    @Test
    void besideWhatIsNoFileLiesNoSignature() throws Exception {
        var link = Files.createSymbolicLink(folder.resolve("null.json"), Path.of("/dev/null"));
        assertTrue(by(Code.FAILED, failovers("-o", link.toString(), "--sign"))
                .err()
                .contains("no signature"));
        assertFalse(Files.exists(folder.resolve("null.json.sig")));
    }

    /** What could not be meant is refused before a node is asked or anything is broken, with what could be. */
    @Test
    void anUnknownEndingIsRefusedAndThoseAllowedAreNamed() throws Exception {
        for (var args : List.of(
                failovers(TAKEN, "-o", folder.resolve("x.pdf").toString()),
                failovers(TAKEN, "-o", folder.resolve("x.csv").toString()),
                failovers("-o", folder.resolve("x.svg").toString()),
                failovers("-o", folder.resolve("x").toString()),
                new String[] {
                    "drill",
                    "kill-master",
                    "-c",
                    "orders",
                    "-o",
                    folder.resolve("x.txt").toString()
                },
                new String[] {
                    "drills", "orders", "1", "-o", folder.resolve("x.pdf").toString()
                })) {
            var said = by(Code.MISUSED, args);
            assertTrue(said.err().contains("html (.html)") && said.err().contains("json (.json)"), said.err());
        }
        assertTrue(by(Code.MISUSED, failovers("-o", folder.resolve("x.png").toString()))
                .err()
                .lines()
                .noneMatch(l -> l.contains("svg")));
        try (var files = Files.list(folder)) {
            assertTrue(files.noneMatch(f -> f.getFileName().toString().startsWith("x")));
        }
        by(Code.MISUSED, failovers(TAKEN, "--sign"));
    }

    @Test
    void aDrillThatWasHeld() throws Exception {
        var list = by(Code.DONE, "drills", "orders").out();
        assertTrue(list.contains("[20261122-1]") && list.contains("Kill a master"), list);
        assertEquals(
                1,
                JSON.readTree(by(Code.DONE, "drills", "orders", "--json").out()).size());
        assertTrue(by(Code.DONE, "drills", "orders", "1").out().startsWith("# Kill a master"));
        for (var format : Format.DRILLS) {
            var file = folder.resolve("drill" + format.ending());
            by(Code.DONE, "drills", "orders", "20261122-1", "-o", file.toString(), "--sign");
            assertTrue(Files.size(file) > 200, format.word());
            by(Code.DONE, "verify", file.toString());
        }
        for (var alone : List.of(new String[] {"drills", "1"}, new String[] {"drills", "-c", "orders", "20261122-1"})) {
            assertTrue(by(Code.DONE, alone).out().startsWith("# Kill a master"));
        }
        by(Code.MISUSED, "drills", "2");
        by(Code.MISUSED, "drills", "order");
        by(Code.MISUSED, "drills", "orders", "2");
        by(Code.MISUSED, "drills", "orders", "-o", folder.resolve("x.html").toString());
        assertTrue(by(Code.DONE, "drills", "orders", "1", "--lang", "zh").out().startsWith("# 杀死一个主节点"));
    }
}
