package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Shells;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What facts.sh tells of a host on which servers run, under dash, bash and busybox. */
@Tag("scripts")
class FactsScriptTest {

    @TempDir
    Path folder;

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whatRunsHidesNothingOfTheFolder(LocalHost host) throws Exception {
        var program = folder.resolve("redis-server");
        Files.copy(Path.of("/bin/sleep"), program, StandardCopyOption.COPY_ATTRIBUTES);
        var theirs = Files.createDirectories(folder.resolve("root/9001/data")).resolve("nodes.conf");
        Files.writeString(theirs, "x");
        var server = new ProcessBuilder(program.toString(), "60").start();
        try {
            var facts = host.run(
                    Script.of("facts", "look")
                            .with("root", folder.resolve("root"))
                            .with("data", "data")
                            .with("ports", "9000 9001"),
                    line -> {});
            assertTrue(
                    facts.all("runs").stream().anyMatch(r -> r.contains(program + " 60")),
                    () -> facts.all("runs") + "");
            assertEquals(List.of(theirs.toString()), facts.all("holds"));
            assertEquals(
                    whole("/proc/sys/net/core/somaxconn"),
                    facts.fact("somaxconn").orElseThrow());
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whereTheNodesPortsAreHeldIsTold(LocalHost host) throws Exception {
        try (var _ = Shells.furnished(folder);
                var one = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"));
                var all = new ServerSocket(0)) {
            var facts = host.run(
                    Script.of("facts", "look")
                            .with("root", folder.resolve("root"))
                            .with("data", "data")
                            .with("ports", one.getLocalPort() + " " + all.getLocalPort()),
                    line -> {});
            assertEquals(
                    Set.of(one.getLocalPort() + " 127.0.0.2", all.getLocalPort() + " *"),
                    Set.copyOf(facts.all("held")));
            assertTrue(facts.all("listens").contains(String.valueOf(one.getLocalPort())));
        }
    }

    /** In one read: a second one of such a file tells nothing. */
    private static String whole(String file) throws Exception {
        try (var out = new ProcessBuilder("cat", file).start().inputReader()) {
            return out.readLine();
        }
    }
}
