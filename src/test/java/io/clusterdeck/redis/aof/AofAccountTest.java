package io.clusterdeck.redis.aof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.RedisBinary;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Shells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As whom root runs what lies in the folder of a node. */
@Tag("local")
class AofAccountTest {
    @TempDir
    Path folder;

    /** What lies in the folder of another account gets none of root's rights: it is run as that account. Busybox alone knows no way to do so. */
    @ParameterizedTest
    @ValueSource(strings = {"known", ""})
    void programsOfAnotherAccountRunAsThat(String known) throws Exception {
        var host = Shells.all().findFirst().orElseThrow();
        var me = System.getProperty("user.name");
        var whose = me.equals("root") ? "nobody" : me;
        var open = Files.createTempDirectory(Path.of("/tmp"), "another"); // where it gets to
        try {
            Files.copy(RedisBinary.of(RedisBinary.V6, folder), open.resolve("real"));
            Files.writeString(open.resolve("redis-server"), """
                #!/bin/bash
                id -un >>'%1$s/ran'
                exec -a "$0" '%1$s/real' "$@"
                """.formatted(open));
            Files.write(open.resolve("appendonly.aof"), AofScriptTest.broken());
            Files.createDirectory(open.resolve("appendonlydir"));
            Files.writeString(open.resolve("appendonlydir/appendonly.aof.manifest"), "");
            ran("chmod", "-R", "755", open.toString());
            ran("chown", "-R", whose, open.toString());
            var exits = new ArrayList<Exit>();
            for (var script : List.of(Script.of("aof-check", "look"), Script.of("aof-cure", "apply"))) {
                exits.add(host.run(
                        script.with("server", open.resolve("redis-server"))
                                .with("dir", open)
                                .with("aof", "appendonly.aof")
                                .with("aofdir", "appendonlydir")
                                .with("user", known.isEmpty() ? "" : whose)
                                .with("port", 1)
                                .with("running", "no")
                                .with("act", "truncate")
                                .with("stamp", "20261122-090000"),
                        line -> {}));
            }
            assertEquals(Optional.of("damaged"), exits.getFirst().fact("state"), exits::toString);
            assertTrue(exits.getLast().ok(), exits::toString);
            assertArrayEquals(AofScriptTest.SOUND, Files.readAllBytes(open.resolve("appendonly.aof")));
            assertEquals(whose, Files.getOwner(open.resolve("appendonly.aof")).getName());
            assertEquals(Set.of(whose), Set.copyOf(Files.readAllLines(open.resolve("ran"))));
        } finally {
            ran("rm", "-r", open.toString());
        }
    }

    private static void ran(String... command) throws Exception {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), String.join(" ", command));
    }
}
