package io.clusterdeck.redis.nodes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.ProcessState;
import io.clusterdeck.ssh.HostName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of a signal by hand, in a real shell. */
class ProcessLinesTest {

    @TempDir
    Path folder;

    private static String line(Map<String, String> more) {
        var args = new HashMap<>(Map.of("address", "10.0.0.1 9000 19000", "unit", "", "pause", "1", "root", "false"));
        args.putAll(more);
        var spec = new StepSpec(ProcessStep.KIND, args);
        var step = ProcessStep.of(new StepId("signal/10.0.0.1:9000"), new HostName("h1"), spec, name -> {
            throw new AssertionError(name);
        });
        return step.commands().getFirst();
    }

    /** Who typed it loses the connection, and everything begun in that terminal is told to end. */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void whatIsPausedGoesOnAlsoWhenTheTerminalHangsUp(String shell) throws Exception {
        var armed = folder.resolve("armed");
        var over = folder.resolve("over");
        var sleep = "#!/bin/sh\n: >'%1$s'\nwhile [ -e '%1$s' ] && [ ! -e '%2$s' ]; do /bin/sleep 0.1; done\n"
                .formatted(armed, over);
        assertTrue(Files.writeString(folder.resolve("sleep"), sleep).toFile().setExecutable(true));
        var process = new ProcessBuilder("/bin/sleep", "600").start();
        try {
            var typed = line(Map.of("signal", "STOP", "pid", Long.toString(process.pid())));
            var terminal = new ProcessBuilder(
                    "setsid",
                    "--wait",
                    shell,
                    "-c",
                    typed + "; while [ ! -e '" + armed + "' ]; do :; done; kill -HUP 0");
            terminal.environment().merge("PATH", folder.toString(), (old, ours) -> ours + ":" + old);
            terminal.inheritIO().start().waitFor();
            // it is stopped once it is its turn to run
            await().until(() -> ProcessState.of(process.pid()) == 'T');
            Files.createFile(over);
            await().until(() -> ProcessState.of(process.pid()) != 'T');
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theNameOfAUnitIsOneWord() {
        assertEquals(
                "systemctl stop 'redis\\x2d9000.service'",
                line(Map.of("signal", "TERM", "pid", "1", "unit", "redis\\x2d9000.service")));
    }
}
