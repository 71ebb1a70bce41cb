package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.ProcessState;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Shells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two servers of one program on one port, with an address each: ours hangs, and the other is a stranger's. */
@Tag("local")
class SharedPortTest {
    @TempDir
    Path folder;

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    /** Ends with the cluster, whose program it runs. */
    private static Process stranger(LocalCluster c, int beside) throws Exception {
        var data = Files.createDirectories(c.home().resolve("stranger " + beside));
        var started = new ProcessBuilder(
                        c.binary().toString(),
                        "--bind",
                        "127.0.0.9",
                        "--port",
                        Integer.toString(c.server(beside).port()),
                        "--dir",
                        data.toString(),
                        "--logfile",
                        "log")
                .directory(data.toFile())
                .start();
        c.until("it listens", () -> {
            try {
                return Files.readString(data.resolve("log")).contains("Ready to accept");
            } catch (java.io.IOException notYet) {
                return false;
            }
        });
        return started;
    }

    @ParameterizedTest
    @MethodSource("shells")
    void isToldByItsFolder(LocalHost host) throws Exception {
        try (var c = ProcessScriptTest.two()) {
            var other = stranger(c, 0);
            var look = ProcessScriptTest.process(c, 0, "facts", 0, "", "");
            assertEquals(
                    c.pid(0),
                    ProcessScriptTest.facts(ProcessScriptTest.run(host, look)).pid());
            var its = ProcessScriptTest.facts(
                    ProcessScriptTest.run(host, look.with("dir", c.home().resolve("stranger 0"))));
            assertEquals(other.pid(), its.pid());
            var nobody = ProcessScriptTest.facts(ProcessScriptTest.run(host, look.with("dir", c.home())));
            assertEquals(ProcessFacts.Presence.OTHER, nobody.presence());
            // where its folder is not known it is the process that it was, or none
            var was = look.with("dir", "").with("was", c.pid(0));
            assertEquals(
                    c.pid(0),
                    ProcessScriptTest.facts(ProcessScriptTest.run(host, was)).pid());
            var gone = ProcessScriptTest.facts(ProcessScriptTest.run(host, was.with("was", 1)));
            assertEquals(ProcessFacts.Presence.OTHER, gone.presence());
        }
    }

    /** At once, and by a timer that is left on the host. */
    @ParameterizedTest
    @MethodSource("shells")
    void isStartedBesideTheOther(LocalHost host) throws Exception {
        try (var c = ProcessScriptTest.two()) {
            var other = stranger(c, 0);
            for (var verb : List.of("apply", "promise")) {
                ProcessScriptTest.verdict("done", ProcessScriptTest.run(host, ProcessScriptTest.starting(c, "check")));
                c.kill(0);
                ProcessScriptTest.verdict(
                        "needed", ProcessScriptTest.run(host, ProcessScriptTest.starting(c, "check")));
                var start = ProcessScriptTest.starting(c, verb)
                        .with("mark", folder.getFileName())
                        .with("after", 3);
                assertEquals(0, ProcessScriptTest.run(host, start).code());
                c.until("serving again", () -> c.answers(0));
            }
            assertTrue(other.isAlive());
        }
    }

    @Test
    void whoHangsIsKilledAndNobodyElse() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1), folder)) {
            var c = deck.cluster;
            var other = stranger(c, 3);
            long pid = c.pid(3);
            c.signal(3, "STOP");
            deck.seesDown(3);
            deck.run(deck.nodes.kill(deck.id(3), new NodeOperations.Signal.Kill()));
            assertTrue(other.isAlive());
            assertTrue(ProcessState.ended(pid));
            // nor is the stranger taken for the node once that is gone
            assertEquals(
                    "nodes.process.other-holds",
                    Operated.refused(deck.nodes.kill(deck.id(3), new NodeOperations.Signal.Kill()))
                            .why()
                            .key());
            deck.run(deck.nodes.start(deck.id(3)));
            deck.run(deck.nodes.restart(deck.id(3)));
            assertTrue(other.isAlive());
        }
    }

    /** CONFIG SET dir moved it; then it hung, and is to be continued or ended. */
    @ParameterizedTest
    @MethodSource("shells")
    void isToldByTheFolderOfWhichItSpoke(LocalHost host) throws Exception {
        try (var c = ProcessScriptTest.two()) {
            stranger(c, 0);
            var moved = Files.createDirectories(c.home().resolve("moved"));
            assertEquals("OK", c.call(0, "CONFIG", "SET", "dir", moved.toString()));
            long pid = c.pid(0);
            var look = ProcessScriptTest.process(c, 0, "facts", 0, "", "");
            assertEquals(
                    "other", ProcessScriptTest.run(host, look).fact("process").orElseThrow());
            var heard = ProcessScriptTest.run(host, look.with("heard", moved));
            assertEquals("found", heard.fact("process").orElseThrow());
            assertEquals(Long.toString(pid), heard.fact("pid").orElseThrow());
        }
    }

    @Test
    void whetherThereIsRoomBesideTheOtherIsKnownByAddresses() {
        assertTrue(Beside.can(List.of("10.0.0.1", "127.0.0.1"), List.of("10.0.0.2")));
        assertFalse(Beside.can(List.of("10.0.0.1", "127.0.0.1"), List.of("10.0.0.2", "127.0.0.1")));
        assertFalse(Beside.can(List.of("10.0.0.1"), List.of("*")));
        assertFalse(Beside.can(List.of("10.0.0.1"), List.of()), "where it is not known");
        assertFalse(Beside.can(List.of(), List.of("10.0.0.2")), "it listens everywhere");
        assertFalse(Beside.can(List.of("*", "-::*"), List.of("10.0.0.2")));
    }
}
