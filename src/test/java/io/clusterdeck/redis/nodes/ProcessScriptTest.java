package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.ProcessState;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Shells;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** process.sh and node-start.sh under dash, bash and busybox, on real servers in a path with a space. */
@Tag("local")
class ProcessScriptTest {
    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    static LocalCluster two() {
        return new LocalRecipe(2, 0).folder("it's a folder").apart().start();
    }

    static Script process(LocalCluster c, int i, String verb, long pid, String start, String signal) {
        return Script.of("process", verb)
                .with("pid", pid == 0 ? "" : pid)
                .with("start", start)
                .with("exe", c.binary())
                .with("cwd", "")
                .with("dir", c.server(i).data())
                .with("heard", "")
                .with("was", "")
                .with("port", c.server(i).port())
                .with("conf", c.server(i).conf())
                .with("log", c.server(i).log())
                .with("unit", "")
                .with("signal", signal)
                .with("pause", "60");
    }

    static Exit run(LocalHost host, Script script) throws Exception {
        return host.run(script, line -> {});
    }

    static String start(LocalHost host, LocalCluster c, int i) throws Exception {
        return run(host, process(c, i, "facts", c.pid(i), "", "")).fact("start").orElseThrow();
    }

    static ProcessFacts facts(Exit exit) {
        return ProcessFacts.of(exit, false, Optional.empty());
    }

    static void verdict(String expected, Exit exit) {
        assertEquals(Optional.of(expected), exit.verdict(), exit::toString);
    }

    static String why(Exit exit) {
        return exit.why().orElseThrow().key();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void looksAtAProcess(LocalHost host) throws Exception {
        try (var c = two()) {
            for (long pid : new long[] {c.pid(0), 0}) {
                var facts = facts(run(host, process(c, 0, "facts", pid, "", "")));
                assertEquals(ProcessFacts.Presence.FOUND, facts.presence());
                assertEquals(c.pid(0), facts.pid());
                assertEquals(c.binary().toString(), facts.exe());
                assertEquals(c.server(0).data().toString(), facts.cwd());
                assertEquals(System.getProperty("user.name"), facts.user());
                assertTrue(facts.listens());
                assertTrue(facts.nofile().matches("\\d+|unlimited"), facts::nofile);
                assertEquals(Optional.empty(), facts.unit());
            }
            var conf = Directives.of(run(host, process(c, 0, "facts", c.pid(0), "", ""))
                    .fact("directives")
                    .orElseThrow());
            assertEquals(c.server(0).data().toString(), conf.value("dir"));
            c.kill(0);
            var gone = run(host, process(c, 0, "facts", 0, "", ""));
            assertEquals(ProcessFacts.Presence.GONE, facts(gone).presence());
        }
    }

    /** By what the server does, not by what the file seems to say. */
    @ParameterizedTest
    @MethodSource("shells")
    void tellsWhomAStartLetsInAndNoPassword(LocalHost host) throws Exception {
        try (var c = two()) {
            var conf = c.server(0).conf();
            var before = Files.readString(conf);
            var cases = Map.of(
                    "requirepass hidden\nuser default on nopass ~* &* +@all\n", true,
                    "user alice on >hidden ~*\n", true,
                    "requirepass hidden\n  USER  default on >hidden ~* &* +@all\n", false,
                    "user default on >nopass1 ~* &* +@all\n", false,
                    "requirepass hidden\nuser alice nopass ~* on\n", false);
            for (var one : cases.entrySet()) {
                Files.writeString(conf, before + one.getKey());
                var facts = run(host, process(c, 0, "facts", c.pid(0), "", ""));
                var told = facts.fact("directives").orElseThrow();
                assertFalse(told.contains("hidden") || told.contains("nopass1"), told);
                assertEquals(one.getValue(), Directives.of(told).open(), one.getKey());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void signalsNobodyElse(LocalHost host) throws Exception {
        try (var c = two()) {
            var sleep = new ProcessBuilder("sleep", "600").start();
            try {
                // a pidfile gone stale: its number belongs to another program by now
                var itsStart = run(host, process(c, 0, "facts", sleep.pid(), "", ""))
                        .fact("start")
                        .orElseThrow();
                var check = run(host, process(c, 0, "check", sleep.pid(), itsStart, "KILL"));
                verdict("blocked", check);
                assertEquals("nodes.process.other-program", why(check));
                var apply = run(host, process(c, 0, "apply", sleep.pid(), itsStart, "KILL"));
                assertEquals(1, apply.code());
                assertEquals("nodes.process.other-program", why(apply));
                assertTrue(sleep.isAlive());

                // the same program, but another node
                var other = run(host, process(c, 0, "apply", c.pid(1), start(host, c, 1), "KILL"));
                assertEquals("nodes.process.other-port", why(other));
                assertTrue(c.answers(1));

                // … or the same port, on another address
                var folder = process(c, 1, "apply", c.pid(1), start(host, c, 1), "KILL")
                        .with("cwd", c.server(0).data());
                assertEquals("nodes.process.other-folder", why(run(host, folder)));
                assertTrue(c.answers(1));

                // the pid was given to a new process since
                var stale = Long.toString(Long.parseLong(start(host, c, 0)) - 1);
                verdict("done", run(host, process(c, 0, "check", c.pid(0), stale, "KILL")));
                assertEquals(
                        0,
                        run(host, process(c, 0, "apply", c.pid(0), stale, "KILL"))
                                .code());
                assertTrue(c.answers(0));
            } finally {
                sleep.destroyForcibly();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void pausesEndsAndStarts(LocalHost host) throws Exception {
        try (var c = two()) {
            long pid = c.pid(0);
            var start = start(host, c, 0);
            for (var signal : new String[] {"STOP", "CONT"}) {
                verdict("needed", run(host, process(c, 0, "check", pid, start, signal)));
                assertEquals(
                        0, run(host, process(c, 0, "apply", pid, start, signal)).code());
                verdict("done", run(host, process(c, 0, "check", pid, start, signal)));
                assertEquals(signal.equals("STOP"), ProcessState.of(pid) == 'T');
                assertEquals(signal.equals("STOP") ? 1 : 0, PauseScriptTest.timers(pid));
                if (signal.equals("CONT")) {
                    assertEquals(
                            0,
                            run(host, process(c, 0, "apply", pid, start, signal))
                                    .code());
                }
            }
            verdict("needed", run(host, process(c, 0, "check", pid, start, "TERM")));
            for (int again = 0; again < 2; again++) {
                assertEquals(
                        0, run(host, process(c, 0, "apply", pid, start, "TERM")).code());
                verdict("done", run(host, process(c, 0, "check", pid, start, "TERM")));
            }

            verdict("needed", run(host, starting(c, "check")));
            for (int again = 0; again < 2; again++) {
                var exit = run(host, starting(c, "apply"));
                assertEquals(0, exit.code(), exit::toString);
                verdict("done", run(host, starting(c, "check")));
            }
            c.until("serving again", () -> c.answers(0));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aTermThatTakesLongNeverBecomesAKill(LocalHost host) throws Exception {
        try (var c = two()) {
            long pid = c.pid(0);
            var start = start(host, c, 0);
            c.signal(0, "STOP");
            var waited = new java.util.concurrent.CountDownLatch(2);
            var ended = new java.util.concurrent.CompletableFuture<Exit>();
            Thread.ofVirtual().start(() -> {
                try {
                    ended.complete(host.run(process(c, 0, "apply", pid, start, "TERM"), line -> {
                        if (line instanceof io.clusterdeck.ssh.Line.Progress) {
                            waited.countDown();
                        }
                    }));
                } catch (Exception broken) {
                    ended.completeExceptionally(broken);
                }
            });
            assertTrue(waited.await(60, java.util.concurrent.TimeUnit.SECONDS));
            assertEquals('T', ProcessState.of(pid), "it waits, and says so");
            assertTrue(!ended.isDone());
            LocalCluster.signal(pid, "CONT");
            assertEquals(0, ended.get().code());
            c.until("gone", () -> !c.answers(0));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aServerThatCannotSaveGoesOn(LocalHost host) throws Exception {
        try (var c =
                new LocalRecipe(1, 0).directives("appendonly no", "save 3600 1").start()) {
            c.fill(5);
            try (var files = Files.walk(c.server(0).data())) {
                for (var f : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(f);
                }
            }
            var exit = run(host, process(c, 0, "apply", c.pid(0), start(host, c, 0), "TERM"));
            assertEquals("nodes.process.cannot-save", why(exit));
            assertEquals("5", c.call(0, "DBSIZE"));
        }
    }

    static Script starting(LocalCluster c, String verb) {
        var s = c.server(0);
        return Script.of("node-start", verb)
                .with("server", c.binary())
                .with("conf", s.conf())
                .with("dir", s.dir())
                .with("data", s.data())
                .with("port", s.port())
                .with("user", System.getProperty("user.name"))
                .with("unit", "")
                .with("log", s.log())
                .with("nofile", "1024")
                .with("env", "TZ=Asia/Shanghai\nLANG=a b'c")
                .with("from", "");
    }
}
