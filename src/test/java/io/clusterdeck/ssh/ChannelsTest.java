package io.clusterdeck.ssh;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.say.Say;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many channels of a real OpenSSH server's connections are taken at once, by what, and what those hear who wait for one. */
@Tag("local")
@Timeout(300)
class ChannelsTest {

    @TempDir
    Path folder;

    private Sshd sshd(String... options) throws Exception {
        var sshd = new Sshd(folder.resolve("sshd"), options);
        sshd.allow("id_ed25519", "ed25519", "");
        return sshd;
    }

    /** Of each connection, how many sessions run in it. */
    private static List<Long> sessions(Sshd sshd) {
        return sshd.connections().stream()
                .map(c -> c.children()
                        .filter(p -> !p.info().command().orElse("").contains("sshd"))
                        .count())
                .filter(n -> n > 0)
                .toList();
    }

    /** The others of sshd's ten sessions are left to people. */
    @ParameterizedTest
    @CsvSource({"10, 12, 8", "2, 8, 2"})
    void soManyOfAConnectionAndNoMore(int allowed, int scripts, long most) throws Exception {
        try (var sshd = sshd("MaxSessions " + allowed);
                var host = sshd.host(new Sshd.Person(true))) {
            var all = new ArrayList<ScriptTest.Running>();
            for (int i = 0; i < scripts; i++) {
                all.add(new ScriptTest.Running(host, ScriptTest.SLEEP));
            }
            assertEquals(scripts, sessions(sshd).stream().mapToLong(n -> n).sum());
            assertEquals(most, sessions(sshd).stream().mapToLong(n -> n).max().orElseThrow());
            all.forEach(r -> r.thread.interrupt());
            for (var running : all) {
                running.thread.join(Duration.ofSeconds(60));
            }
        }
    }

    @Test
    void whoWaitsForLongIsToldForWhat() throws Exception {
        try (var sshd = sshd("MaxSessions 1")) {
            var opening = new Opening(sshd.spec(), new Sshd.Person(true), sshd.files(), text -> {
                throw new AssertionError(text);
            });
            var told = new CopyOnWriteArrayList<Say>();
            try (var lanes = new Lanes(new HostName("h1"), opening, 2, Duration.ofSeconds(1))) {
                var log = lanes.shell("follow a.log", told::add);
                lanes.shell("look", say -> {}); // in another connection
                var third = Thread.ofVirtual().start(() -> {
                    try {
                        lanes.shell("start", told::add).close();
                    } catch (Exception failed) {
                        throw new AssertionError(failed);
                    }
                });
                Awaitility.await().atMost(60, SECONDS).until(() -> !told.isEmpty());
                log.close();
                third.join();
            }
            assertEquals(
                    List.of(Say.of(
                            "ssh.waits-for-channel",
                            "host",
                            new HostName("h1"),
                            "what",
                            "start",
                            "running",
                            List.of("follow a.log", "look"))),
                    told);
        }
    }

    /** A large file does not stand in the way of what scripts say. */
    @Test
    void copiesHaveAConnectionOfTheirOwn() throws Exception {
        try (var sshd = sshd();
                var host = sshd.host(new Sshd.Person(true))) {
            var running = new ScriptTest.Running(host, ScriptTest.SLEEP);
            var from = Files.write(folder.resolve("from"), new byte[100_000]);
            var during = new ArrayList<Integer>();
            host.put(
                    from,
                    new RemotePath(folder.resolve("to").toString()),
                    (done, total) -> during.add(sessions(sshd).size()));
            assertEquals(List.of(2), during.stream().distinct().toList());
            Awaitility.await().atMost(60, SECONDS).until(() -> sessions(sshd).size() == 1);
            running.thread.interrupt();
            running.thread.join(Duration.ofSeconds(60));
        }
    }
}
