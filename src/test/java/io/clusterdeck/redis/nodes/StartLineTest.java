package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.ssh.HostName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line that a plan shows for starting a node does just that where it is pasted. */
class StartLineTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void itStartsTheServerInItsFolderBelowTheHomeOfWhoeverPastesIt(String shell) throws Exception {
        var root = Files.createDirectories(home.resolve("redis cluster"));
        var data = Files.createDirectories(root.resolve("it's 9000/data"));
        var server = Files.writeString(root.resolve("redis-server"), "#!/bin/sh\npwd\necho \"$1\"\n");
        Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwx------"));
        var p = new ProcessBuilder(shell, "-c", line("~/redis cluster"));
        p.environment().put("HOME", home.toString());
        var started = p.redirectErrorStream(true).start();
        var said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(data.toRealPath() + "\n" + root + "/it's 9000/redis.conf\n", said);
    }

    @Test
    void theNameOfAUnitIsOneWord() {
        assertEquals(
                "systemctl start 'redis\\x2d9000.service'",
                line("/srv/redis", Map.of("unit", "redis\\x2d9000.service")));
    }

    private static String line(String root) {
        return line(root, Map.of());
    }

    private static String line(String root, Map<String, String> more) {
        var args = new HashMap<>(Map.of(
                "address",
                Addressed.text(new NodeAddress("10.0.0.1", 9000)),
                "server",
                root + "/redis-server",
                "conf",
                root + "/it's 9000/redis.conf",
                "dir",
                root + "/it's 9000/data",
                "port",
                "9000",
                "root",
                "false"));
        for (var name : List.of("user", "unit", "log", "nofile", "env")) {
            args.put(name, "");
        }
        args.putAll(more);
        var ops = new Ops(
                () -> new ClusterSpec("", false, false, List.of(), List.of(), ClusterSpec.Access.DIRECT, "", List.of()),
                () -> new Layouts(3, 0).state(),
                null,
                null,
                site -> {});
        return new StartStep(new StepId("start"), new HostName("h1"), new StepSpec(StartStep.KIND, args), ops)
                .commands()
                .getFirst();
    }
}
