package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

    @TempDir
    Path base;

    @Test
    void whatAKilledProcessLeftBehindGoesAndNothingElse() throws Exception {
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        var left = Files.createDirectory(base.resolve("clusterdeck-" + dead.pid() + "-1"));
        Files.createFile(left.resolve("7.sock"));
        var foreign = Files.createDirectory(base.resolve("clusterdeck-" + dead.pid() + "-2"));
        Files.createFile(foreign.resolve("precious"));
        var alive = Files.createDirectory(
                base.resolve("clusterdeck-" + ProcessHandle.current().pid() + "-3"));
        Files.createFile(alive.resolve("1.sock"));

        var ours = Leftovers.folder(base);
        assertTrue(Files.isDirectory(ours));
        assertEquals(false, Files.exists(left));
        assertTrue(Files.exists(foreign.resolve("precious")));
        assertTrue(Files.exists(alive.resolve("1.sock")));
        Leftovers.gone(ours);
    }
}
