package io.clusterdeck.redis.aof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.RedisBinary;
import io.clusterdeck.redis.model.Replies;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Shells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What redis-check-aof of other releases prints, by a tool that prints what a real one printed; and a base that Valkey's own does not know. */
@Tag("scripts")
class RecordedReportsTest {

    @TempDir
    Path folder;

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    private void program(String name, String text) throws Exception {
        var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private Exit look(LocalHost host, boolean multi) throws Exception {
        var script = Script.of("aof-check", "look")
                .with("server", folder.resolve("redis-server"))
                .with("dir", folder)
                .with("aof", "appendonly.aof")
                .with("aofdir", multi ? "appendonlydir" : "")
                .with("running", "no");
        return host.run(script, line -> {});
    }

    private String found(String release, String report, boolean multi) throws Exception {
        var told = Replies.of(release + "/aof." + report);
        var out = Files.writeString(folder.resolve("told"), told.substring(told.indexOf('\n') + 1));
        int code = Integer.parseInt(told.substring(3, told.indexOf('\n')));
        program("redis-server", "exit 1");
        program("redis-check-aof", "cat '" + out + "'; exit " + code);
        Files.write(folder.resolve("appendonly.aof"), new byte[20_000]);
        if (multi) {
            var parts = Files.createDirectories(folder.resolve("appendonlydir"));
            Files.writeString(parts.resolve("appendonly.aof.manifest"), Replies.of(release + "/aof.manifest"));
            Files.write(parts.resolve("appendonly.aof.2.base.rdb"), new byte[20_000]);
            Files.write(parts.resolve("appendonly.aof.2.incr.aof"), new byte[20_000]);
        }
        var exit = look(new LocalHost(new io.clusterdeck.ssh.HostName("here")), multi);
        assertTrue(exit.ok(), exit::toString);
        var file = Path.of(exit.fact("file").orElse("")).getFileName();
        return exit.fact("state").orElse("") + " " + file + " "
                + (exit.fact("reason").orElse("").isEmpty() ? "" : "why");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.0.16", "8.0.6", "valkey-8.1.1", "valkey-9.1.2"})
    void ofOneFile(String release) throws Exception {
        var file = "appendonly.aof";
        assertEquals("valid " + file + " ", found(release, "single-sound", false));
        for (var report : List.of("single-cut", "single-rubbish")) {
            assertEquals("damaged " + file + " why", found(release, report, false), report);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.0.6", "valkey-8.1.1"})
    void ofAFolder(String release) throws Exception {
        assertTrue(found(release, "sound", true).startsWith("valid "), release);
        for (var report : List.of("cut", "rubbish")) {
            assertEquals("damaged appendonly.aof.2.incr.aof why", found(release, report, true), report);
        }
        assertTrue(found(release, "preamble", true).startsWith("preamble appendonly.aof.2.base.rdb"), release);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.0.16"})
    void ofAPreamble(String release) throws Exception {
        assertEquals("valid appendonly.aof ", found(release, "sound", false));
        assertEquals("damaged appendonly.aof why", found(release, "cut", false));
        assertTrue(found(release, "preamble", false).startsWith("preamble appendonly.aof"), release);
    }

    private static final byte[] COMMAND =
            "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** A real tool that knows REDIS only, as valkey-check-aof 9.1.2; of the base it is asked by its other name. */
    @ParameterizedTest
    @MethodSource("shells")
    void aBaseThatTheToolDoesNotKnowIsCheckedAsADump(LocalHost host) throws Exception {
        var real = RedisBinary.of(RedisBinary.V7, Files.createDirectory(folder.resolve("real")));
        Files.createSymbolicLink(folder.resolve("real/redis-check-aof"), real);
        program("redis-server", """
            case $0 in
            *check-rdb) head -c 9 "$1" | grep -q '^VALKEY080$' && ! grep -q broken "$1" && exit
                echo '--- RDB ERROR DETECTED ---'; exit 1 ;;
            *) exec '%s/redis-check-aof' "$@" ;;
            esac""".formatted(folder.resolve("real")));
        var parts = Files.createDirectories(folder.resolve("appendonlydir"));
        var base = Files.writeString(parts.resolve("appendonly.aof.2.base.rdb"), "VALKEY080 and more");
        var tail = Files.write(parts.resolve("appendonly.aof.2.incr.aof"), COMMAND);
        Files.writeString(
                parts.resolve("appendonly.aof.manifest"),
                "file appendonly.aof.2.base.rdb seq 2 type b\nfile appendonly.aof.2.incr.aof seq 2 type i\n");
        assertEquals(Optional.of("valid"), look(host, true).fact("state"), () -> "base");
        Files.write(tail, java.util.Arrays.copyOf(COMMAND, COMMAND.length - 4));
        var cut = look(host, true);
        assertEquals(Optional.of("damaged"), cut.fact("state"), cut::toString);
        assertEquals(Optional.of(tail.toString()), cut.fact("file"));
        Files.writeString(base, "VALKEY080 broken");
        assertEquals(Optional.of("preamble"), look(host, true).fact("state"));
    }
}
