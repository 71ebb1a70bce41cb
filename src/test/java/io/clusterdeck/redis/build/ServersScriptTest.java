package io.clusterdeck.redis.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.RedisBinary;
import io.clusterdeck.redis.conf.ConfWords;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Shells;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** start.sh under dash, bash and busybox, with two real servers: started, found running, not started twice, and one that fails. */
@Tag("scripts")
class ServersScriptTest {

    private static final String DATA = "da ta'$(id)\"\\ 大";

    private Path folder;
    private Path root;
    private List<Integer> ports;

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    /** Where other accounts come, too. */
    @BeforeEach
    void build() throws Exception {
        folder = Files.createTempDirectory(Path.of("/tmp"), "clusterdeck-servers");
        open(folder);
        root = folder.resolve("a b'$(id)\"\\ 大");
        int first = Ports.block(2);
        ports = IntStream.range(first, first + 2).boxed().toList();
        RedisBinary.of(RedisBinary.V6, Files.createDirectories(root.resolve("bin")));
        for (int port : ports) {
            var home = Files.createDirectories(root.resolve(port + "/" + DATA)).getParent();
            Files.writeString(
                    home.resolve("redis.conf"),
                    String.join(
                            "\n",
                            "bind 127.0.0.1",
                            "port " + port,
                            "daemonize yes",
                            "pidfile " + quoted(home.resolve("redis.pid")),
                            "logfile " + quoted(home.resolve("redis.log")),
                            "dir " + quoted(home.resolve(DATA)),
                            ""));
        }
    }

    private static String quoted(Path path) {
        return ConfWords.quoted(path.toString());
    }

    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void end() throws Exception {
        for (int port : ports) {
            pid(port).ifPresent(p -> {
                p.destroyForcibly();
                p.onExit().join();
            });
        }
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(f -> f.toFile().delete());
        }
    }

    private java.util.Optional<ProcessHandle> pid(int port) throws IOException {
        var file = root.resolve(port + "/redis.pid");
        return Files.exists(file)
                ? ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                : java.util.Optional.empty();
    }

    private Script servers(String verb, String owner) {
        return Script.of("start", verb)
                .with("root", root)
                .with("data", DATA)
                .with("ports", ports.get(0) + " " + ports.get(1))
                .with("owner", owner)
                .with("units", "no")
                .with("cluster", "c 1'$(id)\"\n大 %n");
    }

    private static Exit run(LocalHost host, Script script) throws Exception {
        return host.run(script, line -> {});
    }

    private void started(LocalHost host, String owner) throws Exception {
        assertEquals(
                List.of(ports.get(0) + "", ports.get(1) + ""),
                run(host, servers("why", owner)).all("down"));
        var exit = run(host, servers("apply", owner));
        assertTrue(exit.ok(), exit::toString);
        Awaitility.await()
                .until(() -> run(host, servers("why", owner)).all("runs").size() == 2);
        for (int port : ports) {
            Awaitility.await().until(() -> pings(port));
        }
    }

    private static boolean pings(int port) {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));
            return new String(socket.getInputStream().readNBytes(5), UTF_8).equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    private List<Long> pids() throws IOException {
        var pids = new ArrayList<Long>();
        for (int port : ports) {
            pids.add(pid(port).orElseThrow().pid());
        }
        return pids;
    }

    @ParameterizedTest
    @MethodSource("shells")
    void eachIsStartedOnce(LocalHost host) throws Exception {
        started(host, "");
        var first = pids();
        assertTrue(run(host, servers("apply", "")).ok());
        assertEquals(first, pids());
        assertEquals(2, run(host, servers("why", "")).all("runs").size());
        pid(ports.getFirst()).orElseThrow().destroyForcibly();
        pid(ports.getFirst()).orElseThrow().onExit().join();
        assertEquals(
                List.of(ports.getFirst() + ""), run(host, servers("why", "")).all("down"));
        assertTrue(run(host, servers("apply", "")).ok());
        Awaitility.await().until(() -> pings(ports.getFirst()));
        assertEquals(first.getLast(), pids().getLast(), "the other one was left alone");
        try (var files = Files.list(folder)) {
            assertEquals(Set.of(root), Set.copyOf(files.toList()), "no value was a command");
        }
    }

    /** A busybox's setpriv knows no accounts. Needs root. */
    @Tag("lab")
    @ParameterizedTest
    @MethodSource("shells")
    void ofAnotherAccountTheyRunAsThat(LocalHost host) throws Exception {
        var chown = new ProcessBuilder("chown", "-R", "nobody", root.toString()).start();
        assertEquals(0, chown.waitFor());
        started(host, "nobody");
        for (int port : ports) {
            assertEquals("nobody", pid(port).orElseThrow().info().user().orElseThrow());
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void oneThatDoesNotStartSaysWhyInItsLog(LocalHost host) throws Exception {
        int broken = ports.getFirst();
        var conf = root.resolve(broken + "/redis.conf");
        Files.writeString(conf, Files.readString(conf) + "appendonly yes\n");
        Files.writeString(root.resolve(broken + "/" + DATA + "/appendonly.aof"), "rubbish $(id)\n");
        assertTrue(run(host, servers("apply", "")).ok(), "its exit code proves nothing");
        Awaitility.await().until(() -> pings(ports.getLast()));
        Awaitility.await()
                .until(() -> run(host, servers("why", "")).all("log_" + broken).stream()
                        .anyMatch(l -> l.contains("Bad file format")));
        var why = run(host, servers("why", ""));
        assertEquals(List.of(broken + ""), why.all("down"));
        assertEquals(
                "build.start.aof-damaged",
                StartFailures.of(why.all("log_" + broken), root.toString(), broken)
                        .orElseThrow()
                        .key());
    }
}
