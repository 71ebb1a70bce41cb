package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.Ports;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Shells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ways.sh under dash, bash and busybox: a port that is listened on, twice, and addresses that are none. */
@Tag("scripts")
class WaysScriptTest {

    @TempDir
    Path folder;

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    private static Script probe(List<String> targets) {
        return Script.of("ways", "probe").with("targets", String.join("\n", targets));
    }

    private static List<String> told(Exit exit, String state) {
        return exit.all(state).stream()
                .map(t -> t.replaceFirst("^(\\S+ \\d+) \\d+$", "$1"))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void openIsWhatIsListenedOn(LocalHost host) throws Exception {
        int port = Ports.block(2);
        var listening = new CompletableFuture<String>();
        var listen = Script.of("ways", "listen")
                .with("address", "127.0.0.1")
                .with("ports", port + " " + (port + 10_000))
                .with("seconds", 120);
        var ear = Thread.ofVirtual().start(() -> {
            try {
                var exit = host.run(listen, line -> {
                    if (line instanceof Line.Progress p) {
                        listening.complete(p.what());
                    }
                });
                listening.complete("ended: " + exit);
            } catch (Exception over) {
                listening.completeExceptionally(over);
            }
        });
        try {
            assertEquals("listening", listening.get(1, TimeUnit.MINUTES));
            var open = List.of("127.0.0.1 " + port, "127.0.0.1 " + (port + 10_000));
            var closed = "127.0.0.1 " + (port + 1);
            for (int times = 0; times < 2; times++) {
                var exit = host.run(
                        probe(Stream.concat(open.stream(), Stream.of(closed)).toList()), line -> {});
                assertEquals(open.stream().sorted().toList(), told(exit, "open"), exit::toString);
                assertEquals(List.of(closed), told(exit, "refused"), exit::toString);
                assertTrue(exit.all("open").stream().allMatch(t -> t.matches("\\S+ \\d+ \\d+")), "each took some time");
            }
        } finally {
            ear.interrupt();
            ear.join();
        }
    }

    /** One that is no address is told as such, and hides none of the others. */
    @ParameterizedTest
    @MethodSource("shells")
    void whatIsNoAddressIsSilentAndHidesNoOther(LocalHost host) throws Exception {
        int port = Ports.block(1);
        var hostile = List.of("$(touch${IFS}" + folder + "/x)", "'\";`id`", "大.invalid", "-e", "999.1.1.1");
        var targets = Stream.concat(hostile.stream(), Stream.of("127.0.0.1"))
                .map(a -> a + " " + port)
                .toList();
        var exit = host.run(probe(targets), line -> {});
        assertEquals(List.of("127.0.0.1 " + port), told(exit, "refused"), exit::toString);
        assertEquals(hostile.stream().map(a -> a + " " + port).sorted().toList(), told(exit, "silent"), exit::toString);
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }
}
