package io.clusterdeck.redis.nodes;

import static io.clusterdeck.redis.nodes.ProcessScriptTest.run;
import static io.clusterdeck.redis.nodes.ProcessScriptTest.starting;
import static io.clusterdeck.redis.nodes.ProcessScriptTest.two;
import static io.clusterdeck.redis.nodes.ProcessScriptTest.why;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Shells;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What node-start.sh and node-files.sh find before a start, and when it fails, under dash, bash and busybox. */
@Tag("local")
class StartScriptTest {
    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void saysWhyAServerDoesNotStart(LocalHost host) throws Exception {
        try (var c = two()) {
            c.kill(0);
            var conf = starting(c, "check").with("conf", c.server(0).dir().resolve("none.conf"));
            assertEquals("nodes.start.no-conf", why(run(host, conf)));
            var broken = c.server(0).data().resolve("nodes.conf");
            Files.writeString(broken, "rubbish\n");
            var exit = run(host, starting(c, "apply"));
            assertEquals(1, exit.code());
            assertEquals("nodes.start.died", why(exit));
            assertTrue(exit.tail().toString().contains("corrupted cluster config file"), exit::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void looksAtFiles(LocalHost host) throws Exception {
        try (var c = new LocalRecipe(1, 0).folder("a b").start();
                var seven = new LocalRecipe(1, 0)
                        .version(io.clusterdeck.redis.RedisBinary.V7)
                        .start()) {
            c.fill(10);
            seven.fill(10);
            for (var each : new LocalCluster[] {c, seven}) {
                var facts = FileFacts.of(
                        run(
                                host,
                                Script.of("node-files", "facts")
                                        .with("dir", each.server(0).data())
                                        .with("rdb", "dump.rdb")
                                        .with("aof", "appendonly.aof")
                                        .with("aofdir", "appendonlydir")
                                        .with("nodes", "nodes.conf")),
                        java.time.Instant.now());
                assertEquals(FileFacts.Presence.FOUND, facts.directory());
                assertTrue(facts.aofBytes() > 0, facts::toString);
                assertTrue(facts.myself().startsWith(each.server(0).id().value()), facts::myself);
                assertTrue(facts.freeBytes() > 0);
                assertEquals(each == seven, facts.manifest().isPresent());
            }
            var none = run(
                    host,
                    Script.of("node-files", "facts")
                            .with("dir", c.home().resolve("none"))
                            .with("rdb", "")
                            .with("aof", "")
                            .with("aofdir", "")
                            .with("nodes", ""));
            assertEquals(
                    FileFacts.Presence.MISSING,
                    FileFacts.of(none, java.time.Instant.now()).directory());
        }
    }
}
