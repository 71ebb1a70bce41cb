package io.clusterdeck.ssh;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Fork;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Unreachable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts, budgets, cuts and ways over a real OpenSSH server. */
@Tag("local")
@Timeout(300)
class SshHostTest {

    private static final Script HELLO = Script.of("probe", "echo").with("value", "hello");

    @TempDir
    Path folder;

    private Sshd sshd(String... options) throws Exception {
        var sshd = new Sshd(folder.resolve("sshd"), options);
        sshd.allow("id_ed25519", "ed25519", "");
        return sshd;
    }

    private static SshHost host(Sshd sshd) {
        return sshd.host(new Sshd.Person(true));
    }

    private static void hello(Host host) throws Exception {
        assertEquals(Optional.of("hello"), host.run(HELLO, line -> {}).fact("value"));
    }

    @Test
    void hostileValuesAndSecretsPassUnharmed() throws Exception {
        try (var sshd = sshd();
                var host = host(sshd)) {
            for (var value : Hostile.values(0).subList(0, 12)) {
                assertEquals(
                        Optional.of(value),
                        host.run(Script.of("probe", "echo").with("value", value), line -> {})
                                .fact("value"));
            }
            var exit = host.run(
                    Script.of("probe", "ask")
                            .secret("first", Secret.of("pass 'wörd"))
                            .secret("second", Secret.of("2")),
                    line -> {});
            assertEquals(Optional.of("pass 'wörd"), exit.fact("first"));
        }
    }

    @Test
    void cancelEndsTheRemoteGroup() throws Exception {
        try (var sshd = sshd();
                var host = host(sshd)) {
            var run = new ScriptTest.Running(host, ScriptTest.SLEEP);
            run.thread.interrupt();
            run.thread.join(Duration.ofSeconds(60));
            assertTrue(run.failure instanceof InterruptedException, String.valueOf(run.failure));
            assertEquals(List.of(), ScriptTest.processes("sleep 98[67]" + Fork.NUMBER));
            hello(host);
        }
    }

    @Test
    void whatRanWhenTheConnectionBrokeIsUnknownAndTheNextCallConnectsAgain() throws Exception {
        try (var sshd = sshd();
                var host = host(sshd)) {
            var run = new ScriptTest.Running(host, ScriptTest.SLEEP);
            var check = new ScriptTest.Running(
                    host, Script.of("slow", "check").with("of", Fork.NUMBER).within(Duration.ofMinutes(5)));
            sshd.connections().forEach(ProcessHandle::destroyForcibly);
            run.thread.join(Duration.ofSeconds(60));
            check.thread.join(Duration.ofSeconds(60));
            assertTrue(run.failure instanceof OutcomeUnknown, String.valueOf(run.failure));
            assertTrue(check.failure instanceof Unreachable, String.valueOf(check.failure));
            Awaitility.await()
                    .atMost(60, SECONDS)
                    .until(() -> ScriptTest.processes("sleep 98[4567]" + Fork.NUMBER), List::isEmpty);
            hello(host);
            sshd.stop();
            assertThrows(Unreachable.class, () -> hello(host));
            sshd.restart();
            hello(host);
        }
    }

    /** As when the session ends between two lines of JSch, which then follows a null. */
    @Test
    void aConnectionThatBreaksWhileAChannelIsOpenedIsLostAndTheNextCallConnectsAgain() throws Exception {
        try (var sshd = sshd();
                var host = host(sshd)) {
            hello(host);
            var connection = ((List<?>) inside(inside(host, "lanes"), "connections")).getFirst();
            var session = inside(connection, "session");
            var jsch = field(session, "jsch");
            jsch.set(session, null);
            assertThrows(Unreachable.class, () -> hello(host));
            hello(host);
        }
    }

    private static Object inside(Object owner, String name) throws ReflectiveOperationException {
        return field(owner, name).get(owner);
    }

    private static Field field(Object owner, String name) throws ReflectiveOperationException {
        var field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    @Test
    void moreCallersThanChannelsWaitTheirTurn() throws Exception {
        try (var sshd = sshd();
                var host = host(sshd)) {
            assertEquals(
                    30,
                    parallel(30, () -> host.run(HELLO, line -> {}).code()).stream()
                            .filter(c -> c == 0)
                            .count());
        }
    }

    @Test
    void aServerThatAllowsTwoSessionsIsEnough() throws Exception {
        try (var sshd = sshd("MaxSessions 2");
                var host = host(sshd)) {
            assertEquals(
                    12,
                    parallel(12, () -> host.run(HELLO, line -> {}).code()).stream()
                            .filter(c -> c == 0)
                            .count());
            var log = Files.writeString(folder.resolve("log"), "");
            var lines = new CopyOnWriteArrayList<LogLine>();
            // both channels taken for long: a further connection is opened
            try (var one = host.follow(List.of(new RemotePath(log.toString())), lines::add);
                    var two = host.follow(List.of(new RemotePath(log.toString())), lines::add)) {
                hello(host);
                host.put(log, new RemotePath(folder.resolve("copy").toString()), Progress.NONE);
                assertTrue(one.alive() && two.alive());
            }
        }
    }

    private static <T> List<T> parallel(int n, Callable<T> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<T>();
            for (var f : threads.invokeAll(Collections.nCopies(n, work))) {
                all.add(f.get());
            }
            return all;
        }
    }

    @Test
    void portsAreReachedThroughTheHostByAPrivateSocket() throws Exception {
        try (var sshd = sshd();
                var host = host(sshd);
                var echo = new Echo()) {
            var way = (Way.Socket) host.reach(new InetSocketAddress("127.0.0.1", echo.port()));
            assertEquals(
                    "rwx------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(way.path().getParent())));
            assertTrue(way.path().toString().length() < 100);
            var answers = parallel(20, () -> Echo.ask(way, "ping"));
            assertEquals(Collections.nCopies(20, "ping"), answers);
            assertTrue(way.refusal().isEmpty());
            sshd.connections().forEach(ProcessHandle::destroyForcibly);
            // the way outlives the connection
            Awaitility.await()
                    .atMost(60, SECONDS)
                    .ignoreExceptions()
                    .until(() -> Echo.ask(way, "again").equals("again"));
            way.close();
            assertThrows(IOException.class, () -> Echo.ask(way, "closed"));
            assertFalse(Files.exists(way.path()));
            // nothing listens there yet: the way is open, the caller is turned away
            try (var nothing = host.reach(new InetSocketAddress("127.0.0.1", Ports.block(1)))) {
                assertEquals("", Echo.ask((Way.Socket) nothing, "anybody?"));
                assertEquals(
                        "ssh.not-through",
                        nothing.refusal().orElseThrow().what().key());
            }
        }
        assertEquals(
                List.of(),
                Files.list(Path.of(System.getProperty("java.io.tmpdir")))
                        .filter(p -> p.getFileName()
                                        .toString()
                                        .matches("clusterdeck-"
                                                + ProcessHandle.current().pid() + "-[0-9]+")
                                && Files.isDirectory(p))
                        .toList());
    }
}
