package io.clusterdeck.redis.aof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.RedisBinary;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Shells;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** aof-check.sh and aof-cure.sh under dash, bash and busybox; the tool is the server's program under its other name. */
@Tag("local")
class AofScriptTest {
    @TempDir
    Path folder;

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    private Path aof() {
        return folder.resolve("appendonly.aof");
    }

    private Script script(String resource, String verb, String act, int port) throws IOException {
        var server = folder.resolve("redis-server");
        return Script.of(resource, verb)
                .with("server", Files.exists(server) ? server : RedisBinary.of(RedisBinary.V6, folder))
                .with("dir", folder)
                .with("aof", "appendonly.aof")
                .with("aofdir", "")
                .with("port", port)
                .with("running", "no")
                .with("act", act)
                .with("stamp", "20261122-090000");
    }

    private Exit cure(LocalHost host, String verb, String act, int port) throws Exception {
        return host.run(script("aof-cure", verb, act, port), line -> {});
    }

    /** As for a node of which nobody knows the release. */
    private Exit unknown(LocalHost host, String verb, String act) throws Exception {
        return host.run(script("aof-cure", verb, act, 1).with("aofdir", "appendonlydir"), line -> {});
    }

    private Exit look(LocalHost host) throws Exception {
        return host.run(script("aof-check", "look", "", 1), line -> {});
    }

    static final byte[] SOUND = "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n".getBytes(StandardCharsets.US_ASCII);

    static byte[] broken() {
        var bytes = Arrays.copyOf(SOUND, SOUND.length * 2 + 3);
        System.arraycopy("rub".getBytes(StandardCharsets.US_ASCII), 0, bytes, SOUND.length, 3);
        System.arraycopy(SOUND, 0, bytes, SOUND.length + 3, SOUND.length);
        return bytes;
    }

    private byte[] damaged() throws IOException {
        return Files.readAllBytes(Files.write(aof(), broken()));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void tellsSoundEmptyDamagedAndAbsentApart(LocalHost host) throws Exception {
        assertEquals(Optional.of("absent"), look(host).fact("state"));
        Files.createFile(aof());
        assertEquals(Optional.of("empty"), look(host).fact("state"));
        Files.write(aof(), SOUND);
        assertEquals(Optional.of("valid"), look(host).fact("state"));
        var before = damaged();
        var exit = look(host);
        assertEquals(Optional.of("damaged"), exit.fact("state"), exit::toString);
        assertEquals(Optional.of(Integer.toString(SOUND.length)), exit.fact("ok"));
        assertEquals(Optional.of(Integer.toString(before.length)), exit.fact("size"));
        assertEquals(Optional.of("Expected prefix '*', got: 'r'"), exit.fact("reason"));
        assertEquals(Optional.of("yes"), exit.fact("last"));
        // "rub" stands before the asterisk, so the command behind it begins on no line of its own
        assertEquals(Optional.of("0"), exit.fact("lost_commands"));
        assertEquals(
                List.of("⟨3 B⟩", "SET a 1"),
                AofDecoder.decode(
                                java.util.HexFormat.of()
                                        .parseHex(exit.fact("lost_bytes").orElseThrow()),
                                9)
                        .stream()
                        .map(i -> i instanceof AofDecoder.Command c ? c.shown(9) : "⟨" + i.length() + " B⟩")
                        .toList());
        assertArrayEquals(before, Files.readAllBytes(aof()), "a check only reads");
    }

    private void twice(LocalHost host, String act) throws Exception {
        assertEquals(Optional.of("needed"), cure(host, "check", act, 1).verdict());
        for (int again = 0; again < 2; again++) {
            var exit = cure(host, "apply", act, 1);
            assertEquals(0, exit.code(), exit::toString);
            assertEquals(Optional.of("done"), cure(host, "check", act, 1).verdict());
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void keepsMovesAndCuts(LocalHost host) throws Exception {
        var kept = folder.resolve("appendonly.aof.damaged-20261122-090000");
        var bytes = damaged();
        twice(host, "keep");
        assertArrayEquals(bytes, Files.readAllBytes(kept));
        assertArrayEquals(bytes, Files.readAllBytes(aof()));
        Files.delete(kept);

        twice(host, "truncate");
        assertArrayEquals(bytes, Files.readAllBytes(kept));
        assertArrayEquals(SOUND, Files.readAllBytes(aof()));
        Files.delete(kept);

        twice(host, "aside");
        assertArrayEquals(SOUND, Files.readAllBytes(kept));
        assertFalse(Files.exists(aof()));
    }

    /** The server that was started behind it has begun a file of its own, and may be gone again. */
    @ParameterizedTest
    @MethodSource("shells")
    void whatWasKeptIsNeverReplaced(LocalHost host) throws Exception {
        var kept = folder.resolve("appendonly.aof.damaged-20261122-090000");
        var bytes = damaged();
        assertEquals(0, cure(host, "apply", "aside", 1).code());
        Files.write(aof(), SOUND);
        for (int again = 0; again < 2; again++) {
            assertEquals(Optional.of("done"), cure(host, "check", "aside", 1).verdict());
            assertEquals(0, cure(host, "apply", "aside", 1).code());
        }
        assertArrayEquals(bytes, Files.readAllBytes(kept));
        assertArrayEquals(SOUND, Files.readAllBytes(aof()));
        // nor is a file cut, or called damaged, on which the server goes on by now
        Files.write(aof(), bytes);
        try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (var act : List.of("aside", "truncate")) {
                var exit = cure(host, "check", act, busy.getLocalPort());
                assertEquals(Optional.of("done"), exit.verdict(), exit::toString);
            }
        }
    }

    /** A folder of 7.0 that 6.2 does not load, with all that belongs there, or with nothing. */
    @ParameterizedTest
    @MethodSource("shells")
    void actsOnTheFileThatTheServerLoads(LocalHost host) throws Exception {
        var left = Files.createDirectories(folder.resolve("appendonlydir"));
        for (var manifest : new boolean[] {false, true}) {
            if (manifest) {
                Files.writeString(
                        left.resolve("appendonly.aof.manifest"), "file appendonly.aof.1.incr.aof seq 1 type i\n");
                Files.write(left.resolve("appendonly.aof.1.incr.aof"), SOUND);
            }
            var bytes = damaged();
            var look = host.run(script("aof-check", "look", "", 1).with("aofdir", "appendonlydir"), line -> {});
            assertEquals(Optional.of(aof().toString()), look.fact("file"), look::toString);
            assertEquals(Optional.of("needed"), unknown(host, "check", "aside").verdict());
            assertEquals(0, unknown(host, "apply", "aside").code());
            assertEquals(Optional.of("done"), unknown(host, "check", "aside").verdict());
            var kept = folder.resolve("appendonly.aof.damaged-20261122-090000");
            assertArrayEquals(bytes, Files.readAllBytes(kept));
            assertTrue(Files.exists(left));
            Files.delete(kept);
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void touchesNothingWhileAServerListens(LocalHost host) throws Exception {
        var bytes = damaged();
        try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (var act : List.of("aside", "truncate")) {
                var exit = cure(host, "apply", act, busy.getLocalPort());
                assertEquals(1, exit.code());
                assertEquals("aof.still-runs", exit.why().orElseThrow().key());
            }
        }
        assertArrayEquals(bytes, Files.readAllBytes(aof()));
        try (var files = Files.list(folder)) {
            assertTrue(files.noneMatch(f -> f.toString().contains("damaged-")));
        }
    }

    private byte[] elsewhere() throws IOException {
        var bytes = damaged();
        Files.move(aof(), folder.resolve("elsewhere"));
        return bytes;
    }

    private Set<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return new TreeSet<>(files.map(f -> f.getFileName().toString()).toList());
        }
    }

    /** Whoever owns the folder could have the root of another folder cut a file there. */
    @ParameterizedTest
    @MethodSource("shells")
    void aLinkIsNotCut(LocalHost host) throws Exception {
        var bytes = elsewhere();
        Files.createSymbolicLink(aof(), Path.of("elsewhere"));
        var exit = cure(host, "apply", "truncate", 1);
        assertEquals("aof.link", exit.why().orElseThrow().key(), exit::toString);
        assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("elsewhere")));
        assertTrue(Files.isSymbolicLink(aof()));
        assertEquals(Set.of("appendonly.aof", "elsewhere", "redis-server"), names());
    }

    /** A tool of our own: before it cuts, a link takes the place of the file. */
    @ParameterizedTest
    @MethodSource("shells")
    void noLinkThatIsPutThereMeanwhileIsFollowed(LocalHost host) throws Exception {
        var bytes = elsewhere();
        Files.write(aof(), bytes);
        var tool = Files.writeString(folder.resolve("redis-check-aof"), """
            #!/bin/sh
            [ "$1" = --fix ] || exit 1
            ln -sf elsewhere "%s"
            : >"$2"
            """.formatted(aof()));
        assertTrue(tool.toFile().setExecutable(true));
        cure(host, "apply", "truncate", 1);
        assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("elsewhere")));
    }

    /** Of an appendonlydir, too: what its manifest names may be a link. */
    @ParameterizedTest
    @MethodSource("shells")
    void aPartThatIsALinkIsNotCut(LocalHost host) throws Exception {
        RedisBinary.of(RedisBinary.V7, folder); // which loads such a folder
        var bytes = elsewhere();
        var parts = Files.createDirectory(folder.resolve("appendonlydir"));
        Files.writeString(parts.resolve("appendonly.aof.manifest"), "file appendonly.aof.1.incr.aof seq 1 type i\n");
        Files.createSymbolicLink(parts.resolve("appendonly.aof.1.incr.aof"), Path.of("../elsewhere"));
        var exit = host.run(script("aof-cure", "apply", "truncate", 1).with("aofdir", "appendonlydir"), line -> {});
        assertEquals("aof.link", exit.why().orElseThrow().key(), exit::toString);
        assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("elsewhere")));
    }

    /** Ended after the old file got its dated name, and before the cut one got its place. */
    @ParameterizedTest
    @MethodSource("shells")
    void whoWasEndedBetweenTheRenamesGoesOn(LocalHost host) throws Exception {
        var bytes = damaged();
        var kept = folder.resolve("appendonly.aof.damaged-20261122-090000");
        Files.move(aof(), kept);
        twice(host, "truncate");
        assertArrayEquals(SOUND, Files.readAllBytes(aof()));
        assertArrayEquals(bytes, Files.readAllBytes(kept));
    }
}
