package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LocalHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that systemd keeps, and whose account is another: process.sh and node-start.sh with a systemctl of our own, and what is made of their facts. */
@Tag("local")
class UnitScriptTest {

    /** There is no systemd here: a systemctl that keeps a server as its unit stands for it. */
    @Test
    void aUnitIsStoppedAndStartedBySystemctl(@TempDir Path bin) throws Exception {
        try (var c = ProcessScriptTest.two()) {
            var systemctl = Files.writeString(bin.resolve("systemctl"), """
                #!/bin/sh
                echo "$@" >>'%s/calls'
                case $1 in
                stop) kill -TERM %d ;;
                start) exec '%s' '%s' ;;
                esac
                """.formatted(
                    bin, c.pid(0), c.binary(), c.server(0).conf().toString().replace("'", "'\\''")));
            assertTrue(systemctl.toFile().setExecutable(true));
            var host = LocalHost.under(new HostName("unit"), "/bin/sh", bin + ":" + System.getenv("PATH"));
            var stop = ProcessScriptTest.process(c, 0, "apply", c.pid(0), ProcessScriptTest.start(host, c, 0), "TERM")
                    .with("unit", "redis-9000.service");
            assertEquals(0, ProcessScriptTest.run(host, stop).code());
            c.until("stopped", () -> !c.answers(0));
            assertEquals(
                    0,
                    ProcessScriptTest.run(
                                    host, ProcessScriptTest.starting(c, "apply").with("unit", "redis-9000.service"))
                            .code());
            c.until("started", () -> c.answers(0));
            assertEquals(
                    List.of("stop redis-9000.service", "reset-failed redis-9000.service", "start redis-9000.service"),
                    Files.readAllLines(bin.resolve("calls")).stream()
                            .filter(l -> !l.startsWith("show"))
                            .toList());
        }
    }

    @Test
    void signalsOfOthersNeedRoot() {
        var told = new Exit(
                0,
                Map.of("process", List.of("found"), "login", List.of("ann"), "user", List.of("redis")),
                Optional.empty(),
                Optional.empty(),
                List.of());
        assertTrue(ProcessScriptTest.facts(told).rootNeeded());
        var own = new Exit(
                0,
                Map.of("process", List.of("found"), "login", List.of("redis"), "user", List.of("redis")),
                Optional.empty(),
                Optional.empty(),
                List.of());
        assertEquals(false, ProcessScriptTest.facts(own).rootNeeded());
        assertTrue(ProcessFacts.of(own, true, Optional.empty()).rootNeeded());
        var down = new Exit(0, Map.of("login", List.of("ann")), Optional.empty(), Optional.empty(), List.of());
        assertTrue(ProcessFacts.of(down, false, Optional.of("redis")).rootNeeded());
    }

    @Test
    void aUnitWithoutALimitNeverKills() {
        for (var told : new String[] {"infinity", ""}) {
            assertEquals(Optional.empty(), limited(told).stopLimit());
        }
        assertEquals(Optional.of("1min 30s"), limited("1min 30s").stopLimit());
    }

    private static ProcessFacts limited(String told) {
        return ProcessScriptTest.facts(new Exit(
                0,
                Map.of("process", List.of("found"), "unit", List.of("redis.service"), "stop_limit", List.of(told)),
                Optional.empty(),
                Optional.empty(),
                List.of()));
    }
}
