package io.clusterdeck.redis.nodes;

import static io.clusterdeck.redis.nodes.ProcessScriptTest.process;
import static io.clusterdeck.redis.nodes.ProcessScriptTest.run;
import static io.clusterdeck.redis.nodes.ProcessScriptTest.start;
import static io.clusterdeck.redis.nodes.ProcessScriptTest.two;
import static io.clusterdeck.redis.nodes.ProcessScriptTest.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.ProcessState;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Shells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pause of a server: it is continued by a timer of its host, whatever becomes of us. */
@Tag("local")
class PauseScriptTest {

    /** How many timers would continue this process; a child that a timer has only forked still has its line. */
    static long timers(long pid) {
        return ProcessHandle.allProcesses()
                .filter(p -> isTimer(p, pid)
                        && p.parent().filter(q -> isTimer(q, pid)).isEmpty())
                .count();
    }

    private static boolean isTimer(ProcessHandle p, long pid) {
        return p.isAlive()
                && p.info()
                        .commandLine()
                        .filter(c -> c.contains("clusterdeck-timer-" + pid + "-"))
                        .isPresent();
    }

    /** Whoever else continued it: the timer is still to be ended, else it would cut the next pause short. */
    @ParameterizedTest
    @MethodSource("io.clusterdeck.redis.nodes.ProcessScriptTest#shells")
    void aTimerEndsWithItsPause(LocalHost host) throws Exception {
        try (var c = two()) {
            long pid = c.pid(0);
            var start = start(host, c, 0);
            assertEquals(
                    0, run(host, process(c, 0, "apply", pid, start, "STOP")).code());
            LocalCluster.signal(pid, "CONT");
            verdict("needed", run(host, process(c, 0, "check", pid, start, "CONT")));
            assertEquals(
                    0, run(host, process(c, 0, "apply", pid, start, "STOP")).code());
            assertEquals(1, timers(pid), "only that of the second pause");
            assertEquals(
                    0, run(host, process(c, 0, "apply", pid, start, "CONT")).code());
            verdict("done", run(host, process(c, 0, "check", pid, start, "CONT")));
            assertEquals(0, timers(pid));
        }
    }

    /** It would end the next pause before its time. */
    @ParameterizedTest
    @MethodSource("io.clusterdeck.redis.nodes.ProcessScriptTest#shells")
    void besideATimerThatStaysNothingIsPaused(LocalHost host) throws Exception {
        try (var c = two()) {
            long pid = c.pid(0);
            var start = start(host, c, 0);
            var stays = new ProcessBuilder(
                            "sh",
                            "-c",
                            "trap '' TERM; while :; do sleep 1; done",
                            "clusterdeck-timer-" + pid + "-" + start)
                    .start();
            try {
                c.until("it runs", () -> timers(pid) > 0);
                var exit = run(host, process(c, 0, "apply", pid, start, "STOP"));
                assertEquals(
                        "nodes.process.timer-stays", exit.why().orElseThrow().key());
                assertNotEquals('T', ProcessState.of(pid));
            } finally {
                stays.destroyForcibly();
            }
        }
    }

    /** Nobody would continue it: it is not stopped. */
    @ParameterizedTest
    @MethodSource("io.clusterdeck.redis.nodes.ProcessScriptTest#shells")
    void withoutATimerNothingIsPaused(LocalHost host, @TempDir Path programs) throws Exception {
        try (var c = two()) {
            long pid = c.pid(0);
            var start = start(host, c, 0);
            var none = programs.resolve("setsid");
            Files.writeString(none, "#!/bin/sh\ncase $3 in *'echo $$'*) ;; *) exec /usr/bin/setsid \"$@\" ;; esac\n");
            Files.setPosixFilePermissions(none, PosixFilePermissions.fromString("rwx------"));
            var exit = run(Shells.with(host, programs), process(c, 0, "apply", pid, start, "STOP"));
            assertEquals("nodes.process.no-timer", exit.why().orElseThrow().key());
            assertNotEquals('T', ProcessState.of(pid));
        }
    }

    /** A host that is slow may take longer to look whether the timer runs than the timer does. */
    @ParameterizedTest
    @MethodSource("io.clusterdeck.redis.nodes.ProcessScriptTest#shells")
    void whomTheTimerOvertookIsContinued(LocalHost host, @TempDir Path programs) throws Exception {
        try (var c = two()) {
            long pid = c.pid(0);
            var start = start(host, c, 0);
            var slow = programs.resolve("tr");
            Files.writeString(slow, """
                #!/bin/sh
                told=$(/usr/bin/tr "$@"; echo .)
                case $told in *clusterdeck-timer-*) sleep 2 ;; esac
                printf %s "${told%.}"
                """);
            Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwx------"));
            var pause = process(c, 0, "apply", pid, start, "STOP").with("pause", "1");
            assertEquals(0, run(Shells.with(host, programs), pause).code());
            c.until("continued", () -> ProcessState.of(pid) != 'T');
        }
    }
}
