package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.ssh.Asker;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Hosts;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Progress;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.ssh.SshFiles;
import io.clusterdeck.ssh.Way;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real hosts: accounts with odd shells, passwords and sudo; hosts that vanish in the middle. */
@Tag("lab")
@Timeout(300)
class SshLabTest {

    private static final String NO_SECRET = "never-seen-5e6f";

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Exception> failure = new CopyOnWriteArrayList<>();
    private Lab lab;
    private Hosts hosts;

    @BeforeEach
    void up() throws Exception {
        lab = Lab.of(2);
        Files.copy(lab.knownHosts(), folder.resolve("known_hosts"));
    }

    @AfterEach
    void down() {
        if (hosts != null) {
            hosts.close();
        }
    }

    /** Answers with these, in order. */
    private Host host(String user, int port, boolean key, String... answers) throws Failure {
        var spec = new HostSpec(
                new HostName("h1"),
                lab.address("h1"),
                port,
                user,
                key ? List.of(lab.key("id_ed25519").toString()) : List.of("none"),
                null,
                true);
        hosts = new Hosts(
                new Asker() {
                    private int next;

                    @Override
                    public boolean trust(HostSpec host, String keyType, String fingerprint) {
                        return true;
                    }

                    @Override
                    public synchronized Optional<Secret> secret(Want want) {
                        asked.add(want.kind() + (want.again() ? " again" : ""));
                        return next < answers.length ? Optional.of(Secret.of(answers[next++])) : Optional.empty();
                    }
                },
                new SshFiles(folder, folder, null));
        hosts.know(List.of(spec));
        return hosts.host(spec.name());
    }

    private static Script echo(String value) {
        return Script.of("probe", "echo").with("value", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "ops", "plain", "dashy", "fishy", "chatty", "zh"})
    void everyAccountRunsScripts(String user) throws Exception {
        var host = host(user, 22, true);
        var value = "it's $(a) \"value\" \\n\n集群 ";
        var lines = new CopyOnWriteArrayList<Line>();
        var exit = host.run(echo(value), lines::add);
        assertEquals(Optional.of(value), exit.fact("value"));
        assertEquals(List.of(new Line.Text("no newline", false)), lines, "nothing that a login shell prints");
        var secret = host.run(
                Script.of("probe", "ask").secret("first", Secret.of("'; id")).secret("second", Secret.of("2")),
                line -> {});
        assertEquals(Optional.of("'; id"), secret.fact("first"));
        var bytes = new byte[100_000];
        new java.util.Random(1).nextBytes(bytes);
        var from = Files.write(folder.resolve("from"), bytes);
        host.put(from, new RemotePath("~/copied 'here'"), Progress.NONE);
        host.get(new RemotePath("copied 'here'"), folder.resolve("back"), Progress.NONE);
        assertEquals(-1, Files.mismatch(from, folder.resolve("back")));
    }

    @ParameterizedTest
    @CsvSource({"2203, true", "2204, true", "2203, false", "2204, false"})
    void byPasswordAndByQuestions(int port, boolean right) throws Exception {
        var host = host("ops", port, false, "wrong", right ? lab.password() : "wrong again", "and again");
        if (right) {
            assertEquals(0, host.run(echo("x"), line -> {}).code());
            assertEquals(List.of("PASSWORD", "PASSWORD again"), asked);
        } else {
            var refused = assertThrows(SignInRefused.class, () -> host.run(echo("x"), line -> {}));
            assertEquals(List.of("PASSWORD", "PASSWORD again", "PASSWORD again"), asked);
            assertTrue(
                    refused.what().toString().contains(port == 2203 ? "ssh.tried-password" : "ssh.tried-keyboard"),
                    refused.what().toString());
            assertFalse(refused.what().toString().contains("wrong"));
        }
    }

    @Test
    void sudoWithAndWithoutAPassword() throws Exception {
        var whoami = Script.of("probe", "whoami").asRoot();
        var user = host("ops", 22, true).run(whoami, line -> {});
        assertEquals(Optional.of("0"), user.fact("uid"));
        assertEquals(Optional.of("/home/ops/x"), user.fact("path"), "~ stays the home of who signed in");
        assertEquals(List.of(), asked);
        assertEquals(
                Optional.of("0"), host("root", 22, true).run(whoami, line -> {}).fact("uid"));

        var host = host("opspw", 22, true, "wrong", lab.password());
        assertEquals(Optional.of("0"), host.run(whoami, line -> {}).fact("uid"));
        assertEquals(List.of("SUDO", "SUDO again"), asked);
        assertEquals(Optional.of("0"), host.run(whoami, line -> {}).fact("uid"), "remembered");
        assertEquals(2, asked.size());

        var declined =
                assertThrows(NotAllowed.class, () -> host("opspw", 22, true).run(whoami, line -> {}));
        assertEquals("ssh.sudo-declined", declined.what().key());
        var refused = assertThrows(
                NotAllowed.class, () -> host("plain", 22, true, lab.password()).run(whoami, line -> {}));
        assertEquals("ssh.sudo-refused", refused.what().key());
        assertTrue(
                refused.what().args().get("said").toString().contains("sudoers"),
                refused.what().toString());
    }

    @Test
    void cancelEndsWhatRunsAsRoot() throws Exception {
        var host = host("opspw", 22, true, lab.password());
        var run = running(host, Script.of("probe", "sleep").asRoot());
        Awaitility.await("ready, and asleep").until(() -> sleepers() == 2);
        run.interrupt();
        run.join(Duration.ofSeconds(60));
        assertTrue(failure.getFirst() instanceof InterruptedException, failure.toString());
        assertEquals(0, sleepers());
    }

    /** A script in a thread of its own that has said "ready". */
    private Thread running(Host host, Script script) throws InterruptedException {
        var ready = new CountDownLatch(1);
        var thread = Thread.ofVirtual().start(() -> {
            try {
                host.run(script.within(Duration.ofMinutes(5)), line -> {
                    if (line.equals(new Line.Text("ready", false))) {
                        ready.countDown();
                    }
                });
            } catch (Failure | InterruptedException expected) {
                failure.add(expected);
            }
        });
        assertTrue(ready.await(60, TimeUnit.SECONDS));
        return thread;
    }

    private long sleepers() {
        return lab.processes().stream()
                .filter(p -> String.join(" ", p.argv()).matches("sleep 98[67]"))
                .count();
    }

    @Test
    void secretsShowNowhere() throws Exception {
        var host = host("opspw", 22, true, lab.password());
        var script = Script.of("probe", "holdsecret").asRoot().secret("first", Secret.of(NO_SECRET));
        var run = running(host, script);
        Awaitility.await("the script runs")
                .until(() -> lab.processes().stream().anyMatch(p -> p.argv().contains("982")));
        assertEquals(List.of(), lab.showing(NO_SECRET));
        assertEquals(List.of(), lab.showing(lab.password()));
        run.interrupt();
        run.join(Duration.ofSeconds(60));
    }

    @Test
    void noexecAndFullTemporaryFoldersDoNotMatter() throws Exception {
        lab.noexec("h1", "/tmp");
        lab.fill("h1", "/var/tmp", "1M", "0");
        var host = host("ops", 22, true);
        assertEquals(Optional.of("x"), host.run(echo("x"), line -> {}).fact("value"));
        var from = Files.write(folder.resolve("from"), new byte[2_000_000]);
        var full = assertThrows(Failure.class, () -> host.put(from, new RemotePath("/var/tmp/file"), Progress.NONE));
        assertEquals("ssh.copy-cant-write", full.what().key());
        assertTrue(
                full.what().args().get("why").toString().contains("No space left"),
                full.what().toString());
        lab.unfill("h1", "/var/tmp");
        assertEquals("", lab.exec("h1", "sh", "-c", "ls -A /var/tmp | grep -v ^systemd-private || true"));
    }

    @Test
    void aHostThatVanishesInTheMiddleIsNoticedAndFoundAgain() throws Exception {
        var host = host("ops", 22, true);
        var run = running(host, Script.of("probe", "sleep"));
        lab.cut("h1", "both");
        try {
            run.join(Duration.ofSeconds(60));
            assertTrue(failure.getFirst() instanceof OutcomeUnknown, failure.toString());
            // nobody tells that host, yet nothing goes on running there: heartbeats stopped
            Awaitility.await().atMost(150, TimeUnit.SECONDS).until(() -> sleepers() == 0);
        } finally {
            lab.heal("h1");
        }
        assertEquals(0, host.run(echo("x"), line -> {}).code());
    }

    @Test
    void throughAHostThatAloneIsReached() throws Exception {
        lab.hide("h2", "h1");
        try {
            host("ops", 22, true);
            hosts.know(List.of(new HostSpec(
                    new HostName("h2"),
                    lab.address("h2"),
                    22,
                    "ops",
                    List.of(lab.key("id_rsa").toString()),
                    "h1",
                    false)));
            var h2 = hosts.host(new HostName("h2"));
            assertEquals(0, h2.run(echo("x"), line -> {}).code());
            try (var way = h2.reach(new InetSocketAddress(lab.address("h2"), 22))) {
                assertTrue(way instanceof Way.Socket);
            }
        } finally {
            lab.heal("h2");
        }
    }

    @Test
    void noForwardingAndTwoSessions() throws Exception {
        var forbidding = host("ops", 2202, true);
        try (var way = (Way.Socket) forbidding.reach(new InetSocketAddress("127.0.0.1", 22));
                var sshd = SocketChannel.open(UnixDomainSocketAddress.of(way.path()))) {
            var said = ByteBuffer.allocate(8);
            while (said.hasRemaining() && sshd.read(said) >= 0) {}
            assertEquals("SSH-2.0-", new String(said.array(), StandardCharsets.US_ASCII));
        }
        assertTrue(forbidding.forbidsForwarding());
        var narrow = host("ops", 2201, true);
        var log = new RemotePath("log");
        try (var a = narrow.follow(List.of(log), line -> {});
                var b = narrow.follow(List.of(log), line -> {})) {
            assertEquals(0, narrow.run(echo("x"), line -> {}).code());
        }
    }
}
