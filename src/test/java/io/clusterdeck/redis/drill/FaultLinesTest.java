package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of a fault in a real shell, with an iptables that only notes what it was asked. */
class FaultLinesTest {

    @TempDir
    Path folder;

    /** Somebody else holds the lock of the rules: who does not wait for it gets nowhere. */
    @BeforeEach
    void tools() throws Exception {
        tool("iptables", "[ \"$1\" = -w ] || exit 4\nprintf '%s\\n' \"$*\" >>'" + asked() + "'");
        tool("nft", "exit 1");
        tool("sleep", ": >'" + folder.resolve("armed") + "'\nexec /bin/sleep \"$1\"");
    }

    private void tool(String name, String does) throws Exception {
        assertTrue(Files.writeString(folder.resolve(name), "#!/bin/sh\n" + does + "\n")
                .toFile()
                .setExecutable(true));
    }

    private Path asked() {
        return folder.resolve("asked");
    }

    private String told() throws Exception {
        return Files.exists(asked()) ? Files.readString(asked()) : "";
    }

    private int typed(String shell, String line) throws Exception {
        var builder = new ProcessBuilder("setsid", "--wait", shell, "-c", line).directory(folder.toFile());
        builder.environment().merge("PATH", folder.toString(), (old, ours) -> ours + ":" + old);
        return builder.inheritIO().start().waitFor();
    }

    private static FaultLines lines(long seconds, String peer) {
        return new FaultLines(
                "t1", Fault.Way.BOTH, 100, seconds, List.of("10.0.0.1 9000,19000 " + peer + " 9001,19001"));
    }

    /** Who typed it loses the connection, and everything begun in that terminal is told to end: the fault ends all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void goesByItselfAlsoWhenTheTerminalHangsUp(String shell) throws Exception {
        typed(shell, lines(1, "10.0.0.2").breaks() + "; while [ ! -e armed ]; do :; done; kill -HUP 0");
        assertTrue(told().contains("-A CD_t1_i"), told());
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> told().contains("-w -X CD_t1_o"));
    }

    /** A node announces what it likes as its address. */
    @Test
    void anAddressIsNoCommand() throws Exception {
        assertEquals(0, typed("dash", lines(0, "x;:>owned;").breaks()));
        assertTrue(told().contains("-s x;:>owned; -d 10.0.0.1"), told());
        assertFalse(Files.exists(folder.resolve("owned")));
    }
}
