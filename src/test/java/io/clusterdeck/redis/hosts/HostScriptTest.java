package io.clusterdeck.redis.hosts;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.RedisBinary;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Shells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The look at a host, under every shell, beside real servers. */
@Tag("local")
class HostScriptTest {

    private static LocalCluster cluster;

    @BeforeAll
    static void begin() throws Exception {
        cluster = LocalCluster.start(3, 0);
    }

    @AfterAll
    static void end() throws Exception {
        cluster.close();
    }

    static java.util.stream.Stream<LocalHost> shells() {
        return Shells.all();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void tellsTheHostAndItsServers(LocalHost host) throws Exception {
        var asked = Instant.now();
        var exit = host.run(HostOperations.look("/tmp\n/no such folder"), line -> {});
        assertTrue(exit.ok(), exit.toString());
        var machine = Machine.of(host, exit, asked, Instant.now());
        assertTrue(machine.memory() > machine.memoryFree() && machine.memoryFree() > 0, machine.toString());
        assertTrue(machine.cores() > 0
                && !machine.system().isEmpty()
                && !machine.load().isEmpty());
        assertTrue(Math.abs(machine.skew()) < 60_000, "the same clock: " + machine.skew());
        assertTrue(machine.disks().stream().anyMatch(d -> d.mount().equals("/") && d.total() >= d.free()));
        for (int i = 0; i < 3; i++) {
            int port = cluster.server(i).port();
            long pid = Long.parseLong(cluster.info(i, "process_id"));
            var server = machine.servers().stream()
                    .filter(s -> s.serves(port) && s.serves(port + 10_000))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(machine.servers().toString()));
            assertEquals(pid, server.pid());
            assertEquals(System.getProperty("user.name"), server.user());
            assertTrue(server.memory() > 0 && server.openFiles().isPresent());
            assertEquals(cluster.info(i, "redis_version"), server.version());
        }
    }

    /** A program that others may change gets none of our rights: it is not run to ask which release it is. */
    @ParameterizedTest
    @MethodSource("shells")
    void aProgramThatOthersMayChangeIsNotAsked(LocalHost host, @TempDir Path folder) throws Exception {
        var program = RedisBinary.of(RedisBinary.V6, Files.createDirectories(folder.resolve("redis")));
        for (var rights : List.of("rwxr-xr-x", "rwxrwxr-x", "rwxr-xrwx")) {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString(rights));
            var stray = new ProcessBuilder(
                            program.toString(),
                            "--port",
                            "0",
                            "--unixsocket",
                            folder.resolve("s").toString(),
                            "--save",
                            "",
                            "--dir",
                            folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("stray.log").toFile())
                    .start();
            try {
                await().until(() ->
                        Files.readString(folder.resolve("stray.log")).contains("initialized"));
                var exit = host.run(HostOperations.look(""), line -> {});
                var version = Machine.of(host, exit, Instant.now(), Instant.now()).servers().stream()
                        .filter(s -> s.pid() == stray.pid())
                        .map(Machine.Server::version)
                        .toList();
                assertEquals(
                        List.of(rights.equals("rwxr-xr-x") ? cluster.info(0, "redis_version") : ""), version, rights);
            } finally {
                stray.destroyForcibly().waitFor();
            }
        }
    }
}
