package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** fault.sh in a network of its own, under dash and busybox, with nft and with iptables: what it drops, and that it always ends. */
@Tag("lab")
class FaultScriptTest {
    private static final String OURS = "cd-fault-";
    private static final String NETWORK = OURS + ProcessHandle.current().pid();

    @TempDir
    Path folder;

    /** What runs that were killed left; ./test does the same at its end. */
    @BeforeAll
    static void sweep() throws Exception {
        for (var network : networks()) {
            if (ProcessHandle.of(Long.parseLong(network.substring(OURS.length())))
                    .isEmpty()) {
                run("ip", "netns", "del", network);
            }
        }
    }

    private static List<String> networks() throws Exception {
        return run("ip", "netns", "list")
                .lines()
                .map(line -> line.split(" ")[0])
                .filter(name -> name.matches(OURS + "\\d+"))
                .toList();
    }

    @Test
    void aKilledRunsNetworkGoesAndThatOfOneThatLivesStays() throws Exception {
        var killed = new ProcessBuilder("sleep", "0").start();
        killed.waitFor();
        run("ip", "netns", "add", OURS + killed.pid());
        sweep();
        assertEquals(
                List.of(NETWORK),
                networks().stream()
                        .filter(n -> n.equals(NETWORK) || n.equals(OURS + killed.pid()))
                        .toList());
    }

    @BeforeEach
    void network() throws Exception {
        run("ip", "netns", "add", NETWORK);
    }

    @AfterEach
    void remove() throws Exception {
        run("ip", "netns", "del", NETWORK);
    }

    private static String run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    /** A shell that lives in that network; without nft there where {@code tool} is another. */
    private LocalHost host(String shell, String tool) throws Exception {
        var bin = Files.createDirectories(folder.resolve("bin"));
        var words = shell.equals("busybox") ? "busybox sh" : shell;
        var wrapper = Files.writeString(
                bin.resolve("sh"),
                "#!/bin/bash\nexec ip netns exec " + NETWORK + " env PATH=\"$PATH\" " + words + " \"$@\"\n");
        assertTrue(wrapper.toFile().setExecutable(true));
        if (tool.equals("nft")) {
            Files.deleteIfExists(bin.resolve("nft"));
        } else {
            assertTrue(Files.writeString(bin.resolve("nft"), "#!/bin/sh\nexit 1\n")
                    .toFile()
                    .setExecutable(true));
        }
        return LocalHost.under(new HostName(shell), wrapper.toString(), bin + ":" + System.getenv("PATH"));
    }

    private static Script script(String verb, int loss, int seconds) {
        return Script.of("fault", verb)
                .with("id", "t1")
                .with("way", "both")
                .with("loss", loss)
                .with("seconds", seconds)
                .with("pairs", "10.0.0.1 9000,19000 10.0.0.2 9001,19001\nfd00::1 9000,19000 fd00::2 9001,19001");
    }

    private static String verdict(LocalHost host, String verb) throws Exception {
        return host.run(script(verb, 100, 60), line -> {}).verdict().orElse("none");
    }

    private static Exit done(LocalHost host, Script script) throws Exception {
        var exit = host.run(script, line -> {});
        assertTrue(exit.ok(), exit::toString);
        return exit;
    }

    /** logind is told to end everything with the session: a timer would die with us, and the fault would stay. */
    @Test
    void whereNoTimerLastsThereIsNoFault() throws Exception {
        try (var host = host("dash", "nft")) {
            Able.check(host);
            var logind = Files.writeString(
                    folder.resolve("bin/loginctl"), "#!/bin/sh\n[ \"$3\" != KillUserProcesses ] || echo yes\n");
            assertTrue(logind.toFile().setExecutable(true));
            assertEquals(
                    "drill.fault.no-timer",
                    assertThrows(NotAllowed.class, () -> Able.check(host))
                            .what()
                            .key());
            assertEquals("blocked", verdict(host, "check"));
            assertFalse(host.run(script("apply", 100, 60), line -> {}).ok());
            assertEquals("done", verdict(host, "gone"));
            assertFalse(rules().contains("10.0.0.2"), rules());
        }
    }

    private static String rules() throws Exception {
        return run("ip", "netns", "exec", NETWORK, "sh", "-c", "nft list ruleset; iptables -S; ip6tables -S");
    }

    @ParameterizedTest
    @CsvSource({"dash, nft", "busybox, nft", "dash, iptables", "busybox, iptables"})
    void dropsOnlyWhatItSaysAndIsTakenBack(String shell, String tool) throws Exception {
        try (var host = host(shell, tool)) {
            assertEquals("needed", verdict(host, "check"));
            assertEquals("done", verdict(host, "gone"));
            assertEquals(tool, done(host, script("facts", 100, 60)).fact("tool").orElseThrow());
            done(host, script("apply", 100, 60));
            assertEquals("done", verdict(host, "check"));
            assertEquals("needed", verdict(host, "gone"));
            var rules = rules();
            assertTrue(rules.contains("10.0.0.2") && rules.contains("19001") && rules.contains("fd00::2"), rules);
            assertFalse(rules.matches("(?s).*port[^\n]*\\b22\\b.*"), rules);
            done(host, script("undo", 100, 60));
            assertEquals("done", verdict(host, "gone"));
            assertFalse(rules().contains("10.0.0.2"), rules());
            done(host, script("undo", 100, 60));
        }
    }

    private static String typed(String line) throws Exception {
        return run("ip", "netns", "exec", NETWORK, "sh", "-c", line);
    }

    private static FaultLines lines(Fault.Way way, int loss, int seconds) {
        return new FaultLines(
                "t1",
                way,
                loss,
                seconds,
                script("apply", loss, seconds).args().get("pairs").lines().toList());
    }

    /** Rules of a tool of the same kernel, in one form, whoever made them; the shares as they are rounded. */
    private static List<String> chains() throws Exception {
        return run("ip", "netns", "exec", NETWORK, "sh", "-c", "iptables -S; ip6tables -S")
                .lines()
                .filter(l -> l.contains("CD_t1"))
                .sorted()
                .toList();
    }

    /** By hand and by script the same packets are lost; each takes away what the other made, and by hand it goes by itself, too. */
    @ParameterizedTest
    @CsvSource({"100, BOTH", "30, BOTH", "100, IN", "100, OUT"})
    void byHandIsTheSame(int loss, Fault.Way way) throws Exception {
        try (var host = host("dash", "iptables")) {
            var script = script("apply", loss, 60).with("way", way.name().toLowerCase(Locale.ROOT));
            done(host, script);
            var made = chains();
            assertTrue(made.size() > 4, made::toString);
            typed(lines(way, loss, 60).mends());
            assertEquals(List.of(), chains());
            done(host, script("undo", loss, 60));
            typed(lines(way, loss, 60).breaks());
            assertEquals(made, chains());
            done(host, script("undo", loss, 60));
            assertEquals(List.of(), chains());
            typed(lines(way, loss, 1).breaks());
            Awaitility.await().until(() -> chains().isEmpty());
        }
        try (var host = host("dash", "nft")) {
            done(host, script("apply", loss, 60));
            typed(lines(way, loss, 60).mends());
            assertFalse(rules().contains("10.0.0.2"), rules());
            done(host, script("undo", loss, 60));
        }
    }

    /** A node announces its address itself, and as it likes. */
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "10.0.0.2;accept"})
    void whatIsNoAddressIsNoRule(String announced) throws Exception {
        try (var host = host("dash", "nft")) {
            var script = script("apply", 100, 60).with("pairs", "10.0.0.1 9000,19000 " + announced + " 9001,19001");
            assertFalse(host.run(script, line -> {}).ok());
            assertFalse(rules().contains("19001"), rules());
            assertEquals("done", verdict(host, "gone"));
        }
    }

    /** Nobody asks for it: the timer alone. */
    @ParameterizedTest
    @CsvSource({"dash, nft", "busybox, iptables"})
    void goesByItself(String shell, String tool) throws Exception {
        try (var host = host(shell, tool)) {
            done(host, script("apply", 30, 6));
            assertTrue(rules().contains("10.0.0.2"), rules());
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !rules().contains("10.0.0.2"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> verdict(host, "gone").equals("done"));
        }
    }
}
