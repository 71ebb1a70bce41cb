package io.clusterdeck.ssh;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Fork;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the wrapper and the library promise, under dash, bash and busybox. */
@Timeout(300)
class ScriptTest {

    /** Told from those of other JVMs. */
    static final Script SLEEP =
            Script.of("probe", "sleep").with("of", Fork.NUMBER).within(Duration.ofMinutes(5));

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void valuesComeBackAsTheyWere(LocalHost host) throws Exception {
        for (var value : Hostile.values(10)) {
            var exit = host.run(Script.of("probe", "echo").with("value", value), line -> {});
            assertEquals(Optional.of(value), exit.fact("value"));
            assertEquals(Optional.of(value), exit.fact("second"));
            assertEquals(Optional.of(Say.of("probe.missing", "what", value, "size", 1234L)), exit.why());
            assertEquals(Optional.of("needed"), exit.verdict());
            assertEquals(List.of("no newline"), exit.tail());
        }
    }

    @Test
    void anAccountWithoutAHomeRunsScriptsToo() throws Exception {
        var home = System.getProperty("user.home");
        System.setProperty("user.home", "/nonexistent");
        try (var shell = LocalShell.start("/bin/sh", null)) {
            assertTrue(shell.process().isAlive());
        } finally {
            System.setProperty("user.home", home);
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void tellsWhatItFindsAndDoes(LocalHost host, @TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("it's a file"), "bytes\n");
        var lines = Collections.synchronizedList(new ArrayList<Line>());
        var exit = host.run(Script.of("probe", "facts").with("file", file), lines::add);
        assertEquals(0, exit.code());
        assertEquals(List.of("1", "2"), exit.all("a"));
        assertEquals(Optional.of(""), exit.fact("empty"));
        assertEquals(Optional.of(System.getProperty("user.home") + "/x y"), exit.fact("expanded"));
        assertEquals(Optional.of(System.getProperty("user.home") + "/x"), exit.fact("relative"));
        assertEquals(Optional.of(sha256("bytes\n")), exit.fact("digest"));
        assertEquals(Optional.of(""), exit.fact("stdin"), "a program that reads stdin must find nothing there");
        assertEquals(Optional.of("C"), exit.fact("locale"));
        assertTrue(lines.contains(new Line.Text("some output", false)), lines.toString());
        assertTrue(lines.contains(new Line.Text("some error", true)), lines.toString());
        assertTrue(lines.contains(new Line.Progress(40, "compiling a thing")), lines.toString());
        assertTrue(lines.contains(new Line.Said(Say.of("probe.told", "path", "/a b", "n", 7L))), lines.toString());
    }

    @ParameterizedTest
    @MethodSource("shells")
    void secretsAreSentWhenAskedForAndSeenNowhere(LocalHost host) throws Exception {
        var first = Secret.of("pässwörd '$(id)' \\n %0A  ");
        var exit = host.run(
                Script.of("probe", "ask").secret("first", first).secret("second", Secret.of("=2 %")), line -> {});
        assertEquals(Optional.of(first.reveal()), exit.fact("first"));
        assertEquals(Optional.of("=2 %"), exit.fact("second"));
        assertEquals(Optional.of("yes"), exit.fact("missing"));
    }

    /** Else another account could print lines that pass for those of a script of root's. */
    @ParameterizedTest
    @MethodSource("shells")
    void nobodyReadsTheMarkOfARun(LocalHost host) throws Exception {
        var script = Script.of("probe", "nonce");
        boolean root = System.getProperty("user.name").equals("root"); // nobody answers sudo here
        for (var call : root ? List.of(script, script.asRoot()) : List.of(script)) {
            var exit = host.run(call, line -> {});
            assertEquals(Optional.of("yes"), exit.fact("looked"));
            assertEquals(List.of(), exit.all("seen"));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void saysWhyItFailed(LocalHost host) throws Exception {
        var failed = host.run(Script.of("probe", "fail"), line -> {});
        assertEquals(1, failed.code());
        assertEquals(Optional.of(Say.of("probe.failed", "port", 9000L, "why", "it is so")), failed.why());
        var blocked = host.run(Script.of("probe", "blocked"), line -> {});
        assertEquals(0, blocked.code());
        assertEquals(Optional.of("blocked"), blocked.verdict());
        assertEquals(Optional.of(Say.of("probe.blocked", "port", 9000L)), blocked.why());
        assertEquals(
                77,
                host.run(Script.of("probe", "code").with("code", 77), line -> {})
                        .code());
        assertEquals(137, host.run(Script.of("probe", "die"), line -> {}).code());
    }

    @ParameterizedTest
    @MethodSource("shells")
    void losesNoLine(LocalHost host) throws Exception {
        var lines = new ArrayList<Line>();
        host.run(Script.of("probe", "many").with("count", 5000), lines::add);
        assertEquals(5000, lines.size());
        assertEquals(new Line.Text("line 5000", false), lines.getLast());
    }

    @ParameterizedTest
    @MethodSource("shells")
    void interruptingTheCallerEndsTheWholeGroup(LocalHost host) throws Exception {
        var run = new Running(host, SLEEP);
        run.thread.interrupt();
        run.thread.join(Duration.ofSeconds(60));
        assertFalse(run.thread.isAlive());
        assertTrue(run.failure instanceof InterruptedException, String.valueOf(run.failure));
        // the command of busybox is busybox
        assertEquals(List.of(), processes(" 98[67]" + Fork.NUMBER));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whatIgnoresTermIsKilled(LocalHost host) throws Exception {
        var run = new Running(host, Script.of("probe", "stubborn").within(Duration.ofSeconds(1)));
        run.thread.join(Duration.ofSeconds(60));
        assertTrue(run.failure instanceof CommandFailed, String.valueOf(run.failure));
        Awaitility.await()
                .atMost(60, SECONDS)
                .until(() ->
                        !ProcessHandle.of(run.pid()).map(ProcessHandle::isAlive).orElse(false));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whatAScriptLeavesBehindEndsWithItButDaemonsStay(LocalHost host) throws Exception {
        var left = host.run(Script.of("probe", "leave"), line -> {});
        Awaitility.await().atMost(60, SECONDS).until(() -> !alive(left));
        var daemon = host.run(Script.of("probe", "spawn"), line -> {});
        assertTrue(alive(daemon));
        ProcessHandle.of(Long.parseLong(daemon.fact("pid").orElseThrow()))
                .orElseThrow()
                .destroyForcibly();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void leavesNoProcess(LocalHost host) throws Exception {
        host.run(Script.of("probe", "code").with("code", 0), line -> {});
        Awaitility.await()
                .atMost(60, SECONDS)
                .until(() -> ProcessHandle.current()
                        .descendants()
                        .noneMatch(p -> p.info().commandLine().orElse("").matches(".*(clusterdeck|guard| 60$).*")));
    }

    private static boolean alive(Exit exit) {
        return ProcessHandle.of(Long.parseLong(exit.fact("pid").orElseThrow()))
                .map(ProcessHandle::isAlive)
                .orElse(false);
    }

    static List<String> processes(String pattern) {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .flatMap(p -> p.info().commandLine().stream())
                .filter(c -> c.matches(".*" + pattern + ".*"))
                .toList();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A script that runs in a thread of its own and has said "ready". */
    static final class Running {
        final Thread thread;
        volatile Throwable failure = new IllegalStateException("did not fail");
        private final List<Line> lines = Collections.synchronizedList(new ArrayList<>());

        Running(Host host, Script script) throws InterruptedException {
            var ready = new CountDownLatch(1);
            thread = Thread.ofVirtual().start(() -> {
                try {
                    host.run(script, line -> {
                        lines.add(line);
                        if (line.equals(new Line.Text("ready", false))) {
                            ready.countDown();
                        }
                    });
                } catch (Failure | InterruptedException expected) {
                    failure = expected;
                }
            });
            assertTrue(ready.await(60, SECONDS), "the script did not get ready");
        }

        long pid() {
            return lines.stream()
                    .filter(l -> l instanceof Line.Text t && t.text().startsWith("pid "))
                    .map(l -> Long.parseLong(((Line.Text) l).text().substring(4)))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
