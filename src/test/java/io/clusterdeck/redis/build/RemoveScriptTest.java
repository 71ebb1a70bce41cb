package io.clusterdeck.redis.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.RedisBinary;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Shells;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** remove.sh under dash, bash and busybox, beside a real server and what others put there. */
@Tag("scripts")
class RemoveScriptTest {

    @TempDir
    Path folder;

    private Path root;
    private int port;
    private Process server;

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    @BeforeEach
    void build() throws Exception {
        root = folder.toRealPath().resolve("a b'$(id)\"\\ 大");
        port = Ports.block(2);
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(data());
        RedisBinary.of(RedisBinary.V6, root.resolve("bin"));
        write(".clusterdeck", "cluster=c 1\nbuild=b1\n");
        write("bin/.clusterdeck", "release=1\nredis-server=00\n");
        write(port + "/redis.conf", "");
        write(port + "/data/appendonly.aof", "");
        server = new ProcessBuilder(
                        root.resolve("bin/redis-server").toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        "" + port,
                        "--logfile",
                        root.resolve(port + "/redis.log").toString(),
                        "--save",
                        "3600",
                        "1")
                .directory(data().toFile())
                .start();
        Awaitility.await()
                .until(() -> Files.exists(root.resolve(port + "/redis.log"))
                        && Files.readString(root.resolve(port + "/redis.log")).contains("Ready to accept"));
    }

    @AfterEach
    void end() {
        server.destroyForcibly();
    }

    private Path data() {
        return root.resolve(port + "/data");
    }

    private void write(String name, String text) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Script remove(String verb) {
        return Script.of("remove", verb)
                .with("root", root)
                .with("data", "data")
                .with("ports", port)
                .with("at", "")
                .with("build", "b1")
                .with("data_too", "no")
                .with("aside", folder.resolve("set aside"));
    }

    private static String said(LocalHost host, Script script) throws Exception {
        var exit = host.run(script, line -> {});
        return exit.code()
                + exit.verdict().map(v -> " " + v).orElse("")
                + exit.why().map(w -> " " + w.key()).orElse("");
    }

    private TreeSet<String> files() throws IOException {
        try (var all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(f -> root.relativize(f).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** One that was cut off when the folder was empty but for its lease: the next lease does not take for its own what it found empty. */
    @ParameterizedTest
    @MethodSource("shells")
    void aFolderInWhichOnlyTheLeaseIsLeftGoes(LocalHost host) throws Exception {
        write((port + 1) + "/.clusterdeck-lease", "");
        write(port + "/.clusterdeck-lease", "");
        var left = new ArrayList<Line>();
        var both = remove("apply").with("ports", port + " " + (port + 1));
        assertEquals(
                0,
                host.run(both, line -> {
                            if (line.toString().contains("build.remove.left")) {
                                left.add(line);
                            }
                        })
                        .code());
        assertEquals(List.of(), left, "no other files lie there");
        assertTrue(Files.notExists(root), () -> root.toString());
    }

    /** There is no pid file: the server is found by where it works. */
    @ParameterizedTest
    @MethodSource("shells")
    void whatBuildingMadeIsRemovedAndNothingElse(LocalHost host) throws Exception {
        write(port + "/notes", "mine");
        write("src/mine.txt", "mine");
        write("src/redis-9.9.9/src/server.c", "");
        write("src/r.tar.gz", "");
        write("src/.clusterdeck", "r.tar.gz\nr.tar.gz.part\nredis-9.9.9\n../share\n");
        write("share/mine", "mine");
        assertEquals("0 blocked build.remove.other", said(host, remove("check").with("build", "b2")));
        assertEquals("0 needed build.remove.there", said(host, remove("check")));
        assertEquals("0", said(host, remove("apply")));
        assertTrue(server.waitFor(1, TimeUnit.MINUTES));
        assertEquals("0 done build.remove.gone", said(host, remove("check")));
        assertEquals("", Files.readString(folder.resolve("set aside/" + port + "/data/appendonly.aof")));
        assertEquals(Set.of(port + "/notes", "src/mine.txt", "share/mine"), files());
        assertEquals("0", said(host, remove("apply")));
    }

    /** It works elsewhere by now and can't save there, so it goes on: by its port it is found all the same. */
    @ParameterizedTest
    @MethodSource("shells")
    void nothingIsRemovedFromUnderAServer(LocalHost host) throws Exception {
        try (var link = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
            link.getOutputStream()
                    .write(("SET k v\r\nCONFIG SET dir " + elsewhere + "\r\nECHO over\r\n").getBytes(UTF_8));
            var answers = new BufferedReader(new InputStreamReader(link.getInputStream(), UTF_8));
            assertEquals("+OK", answers.readLine());
            assertEquals("+OK", answers.readLine());
            Files.delete(elsewhere);
        }
        var before = files();
        assertEquals("1 build.remove.still-runs", said(host, remove("apply")));
        assertTrue(server.isAlive());
        before.add(".clusterdeck");
        assertEquals(before, files());
        Files.delete(root.resolve(".clusterdeck"));
        assertEquals("0 blocked build.remove.still-runs", said(host, remove("check")));
    }

    /** Of a process that we may not look at only the address tells whose it is; here ls shows nobody's sockets. */
    @ParameterizedTest
    @MethodSource("shells")
    void aHiddenOneAtAnotherAddressIsNoneOfOurs(LocalHost host, @TempDir Path programs) throws Exception {
        server.destroyForcibly().waitFor();
        var ls = programs.resolve("ls");
        Files.writeString(ls, "#!/bin/sh\n");
        assertTrue(ls.toFile().setExecutable(true));
        var blind = Shells.with(host, programs);
        try (var _ = Shells.furnished(programs);
                var everywhere = new ServerSocket(port)) {
            assertTrue(everywhere.isBound());
            assertEquals(
                    "1 build.remove.still-runs", said(blind, remove("apply").with("at", "127.0.0.1")));
        }
        try (var other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.2"))) {
            assertTrue(other.isBound());
            for (var at : new String[] {"", "127.0.0.2"}) {
                assertEquals(
                        "1 build.remove.still-runs", said(blind, remove("apply").with("at", at)));
            }
            assertEquals("0", said(blind, remove("apply").with("at", "127.0.0.1")));
            assertEquals("0 done build.remove.gone", said(blind, remove("check").with("at", "127.0.0.1")));
        }
    }

    /** Somebody else's server took the port of one of ours that was down. */
    @ParameterizedTest
    @MethodSource("shells")
    void thePortOfAnotherIsNoneOfOurs(LocalHost host) throws Exception {
        server.destroyForcibly().waitFor();
        try (var other = new LocalRecipe(1, 0).apart().start()) {
            port = other.server(0).port();
            assertEquals("0", said(host, remove("apply")));
            assertEquals("0 done build.remove.gone", said(host, remove("check")));
            assertTrue(other.answers(0));
        }
    }
}
