package io.clusterdeck.redis.drill;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.StartStep;
import io.clusterdeck.ssh.HostName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promise to start a node later, as a person types it, run by real shells. */
@Tag("scripts")
class PromiseLinesTest {

    @TempDir
    Path folder;

    private static Path program(Path file, String text) throws Exception {
        assertTrue(Files.writeString(file, "#!/bin/sh\n" + text).toFile().setExecutable(true));
        return file;
    }

    private String line(Path server) {
        var args = new HashMap<String, String>();
        for (var name : new String[] {"data", "port", "user", "unit", "log", "nofile", "env", "from"}) {
            args.put(name, "");
        }
        args.putAll(Map.of(
                "address",
                "10.0.0.1 9000 19000",
                "server",
                server.toString(),
                "conf",
                folder.resolve("redis.conf").toString(),
                "dir",
                folder.toString(),
                "root",
                "false"));
        var start = new StepSpec(StartStep.KIND, args);
        var ops = new Ops(
                () -> new ClusterSpec("", false, false, List.of(), List.of(), ClusterSpec.Access.DIRECT, "", List.of()),
                () -> {
                    throw new AssertionError("nothing is asked");
                },
                null,
                null,
                site -> {});
        var step = new StartStep(new StepId("start/10.0.0.1:9000"), new HostName("h1"), start, ops);
        return PromiseStep.of(step, "mark", Duration.ofSeconds(60)).commands().getFirst();
    }

    /** Who typed it loses the connection, and everything begun in that terminal is told to end: the node is started all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void isKeptAlsoWhenTheTerminalHangsUp(String shell) throws Exception {
        var armed = folder.resolve("armed");
        var over = folder.resolve("over");
        var started = folder.resolve("started");
        program(
                folder.resolve("sleep"),
                ": >'%1$s'\nwhile [ -e '%1$s' ] && [ ! -e '%2$s' ]; do /bin/sleep 0.1; done\n".formatted(armed, over));
        var server = program(folder.resolve("redis-server"), ": >'" + started + "'\n");
        var terminal = new ProcessBuilder(
                "setsid",
                "--wait",
                shell,
                "-c",
                line(server) + " while [ ! -e '" + armed + "' ]; do :; done; kill -HUP 0");
        terminal.environment().merge("PATH", folder.toString(), (old, ours) -> ours + ":" + old);
        terminal.inheritIO().start().waitFor();
        assertFalse(Files.exists(started));
        Files.createFile(over);
        await().until(() -> Files.exists(started));
    }
}
