package io.clusterdeck.redis.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Shells;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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
        }
    }
}
