package io.clusterdeck.redis.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.RealRedis;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.ssh.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("local")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LettuceLinksTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private static LettuceLinks open(Ways ways) {
        return new LettuceLinks(ways, () -> Login.NONE);
    }

    private static Login password(String user, String password) {
        return new Login(user, Optional.of(Secret.of(password)));
    }

    @Test
    void repliesOfEveryShape() throws Exception {
        try (var redis = RealRedis.one();
                var links = open(Ways.DIRECT);
                var link = links.act(redis.address())) {
            assertEquals(new Reply.Text("OK"), link.call("SET", "k", "välue 值\r\n"));
            assertEquals(new Reply.Text("välue 值\r\n"), link.call("GET", "k"));
            assertEquals(new Reply.Nil(), link.call("GET", "none"));
            assertEquals(new Reply.Number(3), link.call("RPUSH", "l", "a", "b", "c"));
            assertEquals(new Reply.Many(List.of()), link.call("LRANGE", "none", "0", "-1"));
            assertEquals(
                    new Reply.Many(List.of(
                            new Reply.Many(List.of(new Reply.Number(1), new Reply.Text("x"))),
                            new Reply.Nil(),
                            new Reply.Many(List.of()),
                            new Reply.Number(2))),
                    link.call("EVAL", "return {{1,'x'},false,{},2}", "0"));
            assertEquals(new Reply.Nil(), link.call("BLPOP", "none", "0.01"));
            var refused = assertInstanceOf(Reply.Refused.class, link.call("LPUSH", "k", "a"));
            assertEquals("WRONGTYPE", refused.code());
            assertEquals("clusterdeck", link.call("CLIENT", "GETNAME").text());
        }
    }

    /** facts/redis-operations.md 1: a client that sends again after it reconnected. */
    @Test
    void aCommandThatFailedForAKilledNodeNeverRunsAfterwards() throws Exception {
        try (var redis = RealRedis.one("appendonly", "yes");
                var links = open(Ways.DIRECT)) {
            var act = links.act(redis.address());
            var watch = links.watch(redis.address());
            assertEquals("PONG", watch.call("PING").text());
            redis.kill();
            assertThrows(Unreachable.class, () -> {
                Awaitility.await().until(() -> !((OneLink) act).usable());
                act.call(SHORT, "INCR", "ran");
            });
            assertThrows(Unreachable.class, () -> watch.call(SHORT, "PING"));
            redis.start();
            Awaitility.await()
                    .ignoreException(Unreachable.class)
                    .until(() -> watch.call("PING").text().equals("PONG"));
            assertThrows(Unreachable.class, () -> act.call("INCR", "ran"), "an old link stays dead");
            try (var again = links.act(redis.address())) {
                assertEquals(new Reply.Nil(), again.call("GET", "ran"));
            }
        }
    }

    /** Sent into the kernel of a node that hangs and is then killed: unknown, and never run. */
    @Test
    void aCommandThatHungOnANodeWhichWasThenKilledIsUnknownAndNeverRuns() throws Exception {
        try (var redis = RealRedis.one("appendonly", "yes");
                var links = open(Ways.DIRECT)) {
            var act = links.act(redis.address());
            redis.freeze();
            assertThrows(OutcomeUnknown.class, () -> act.call(SHORT, "INCR", "ran"));
            redis.kill();
            redis.start();
            try (var again = links.act(redis.address())) {
                assertEquals(new Reply.Nil(), again.call("GET", "ran"));
            }
        }
    }

    /**
     * What cannot be helped, held here so that nobody promises otherwise: bytes that a stopped node's kernel had already taken are
     * executed when it goes on, once. What can be helped: a link opened now to a stopped node sends nothing.
     */
    @Test
    void aStoppedNode() throws Exception {
        try (var redis = RealRedis.one();
                var links = open(Ways.DIRECT)) {
            var early = links.act(redis.address());
            redis.freeze();
            assertThrows(OutcomeUnknown.class, () -> early.call(SHORT, "INCR", "early"));
            var silent = assertThrows(Unreachable.class, () -> links.act(redis.address()));
            assertEquals("link.silent", silent.what().key());
            redis.thaw();
            try (var again = links.act(redis.address())) {
                var ran = again.call("GET", "early").text();
                assertTrue(ran.isEmpty() || ran.equals("1"), "at most once, but was " + ran);
            }
        }
    }

    @Test
    void aNodeKilledWhileItRunsACommandIsUnknown() throws Exception {
        try (var redis = RealRedis.one();
                var links = open(Ways.DIRECT);
                var link = links.act(redis.address())) {
            var killer = Thread.ofVirtual().start(() -> {
                Awaitility.await().until(() -> redis.inline("INFO clients").contains("blocked_clients:1"));
                redis.kill();
            });
            assertThrows(OutcomeUnknown.class, () -> link.call(Duration.ofSeconds(20), "BLPOP", "none", "0"));
            killer.join();
        }
    }

    @Test
    void aWatchSendsOnlyWhatReads() throws Exception {
        try (var redis = RealRedis.one();
                var links = open(Ways.DIRECT);
                var watch = links.watch(redis.address())) {
            assertThrows(NotAllowed.class, () -> watch.call("SET", "k", "v"));
            assertThrows(NotAllowed.class, () -> watch.call("config", "set", "appendonly", "yes"));
            assertThrows(NotAllowed.class, () -> watch.call("CLUSTER", "FAILOVER"));
            assertThrows(NotAllowed.class, () -> watch.call("CONFIG"));
            assertEquals("0", watch.call("DBSIZE").text());
            assertTrue(watch.call("config", "get", "port").text().contains(Integer.toString(redis.port())));
        }
    }

    @Test
    void signingIn() throws Exception {
        try (var redis = RealRedis.one("requirepass", "s3cret 密")) {
            try (var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE)) {
                var none = assertThrows(SignInRefused.class, () -> links.act(redis.address()));
                assertEquals("link.wants-password", none.what().key());
            }
            try (var links = new LettuceLinks(Ways.DIRECT, () -> password("", "s3cret x"))) {
                var wrong = assertThrows(SignInRefused.class, () -> links.act(redis.address()));
                assertEquals("link.wrong-password", wrong.what().key());
                assertFalse(wrong.toString().contains("s3cret"), wrong.toString());
            }
            try (var links = new LettuceLinks(Ways.DIRECT, () -> password("", "s3cret 密"));
                    var link = links.act(redis.address())) {
                assertEquals(
                        "OK",
                        link.call("ACL", "SETUSER", "eve", "on", ">pw", "+get", "~*")
                                .text());
            }
            try (var links = new LettuceLinks(Ways.DIRECT, () -> password("eve", "pw"));
                    var link = links.act(redis.address())) {
                assertEquals(new Reply.Nil(), link.call("GET", "k"));
                assertEquals(
                        "NOPERM",
                        assertInstanceOf(Reply.Refused.class, link.call("PING")).code());
            }
        }
    }

    @Test
    void aPasswordForANodeThatHasNoneDoesNoHarm() throws Exception {
        try (var redis = RealRedis.one();
                var links = new LettuceLinks(Ways.DIRECT, () -> password("", "x"));
                var link = links.act(redis.address())) {
            assertEquals("PONG", link.call("PING").text());
        }
    }

    /** What a 7.x server without a password says to a stranger before it hangs up; told here by a port of our own. */
    @Test
    void protectedModeIsToldEvenWhenTheServerHangsUpAtOnce() throws Exception {
        try (var port = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var links = open(Ways.DIRECT)) {
            var server = Thread.ofVirtual().start(() -> {
                while (!port.isClosed()) {
                    try (var client = port.accept()) {
                        client.getOutputStream()
                                .write(
                                        "-DENIED Redis is running in protected mode because protected mode is enabled\r\n"
                                                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            var to = new NodeAddress("127.0.0.1", port.getLocalPort());
            for (int i = 0; i < 5; i++) {
                var denied = assertThrows(NotAllowed.class, () -> links.act(to));
                assertEquals("link.protected-mode", denied.what().key());
            }
            port.close();
            server.join();
        }
    }

    @Test
    void maxclientsIsTold() throws Exception {
        try (var redis = RealRedis.one("maxclients", "1");
                var links = open(Ways.DIRECT);
                // who asked before whether it runs may be counted still
                var only = Awaitility.await()
                        .ignoreException(NotAllowed.class)
                        .until(() -> links.act(redis.address()), link -> true)) {
            var full = assertThrows(NotAllowed.class, () -> links.act(redis.address()));
            assertEquals("link.full", full.what().key());
            assertEquals("PONG", only.call("PING").text());
        }
    }

    @Test
    void nothingListens() throws Exception {
        int port;
        try (var redis = RealRedis.one()) {
            port = redis.port();
        }
        try (var links = open(Ways.DIRECT)) {
            var gone = assertThrows(Unreachable.class, () -> links.act(new NodeAddress("127.0.0.1", port)));
            assertEquals(
                    "link.reason.refused",
                    ((io.clusterdeck.say.Say) gone.what().args().get("reason")).key());
        }
    }

    @Test
    void overAUnixSocket() throws Exception {
        var folder = Files.createTempDirectory("a b");
        var socket = folder.resolve("redis.sock");
        try (var redis = RealRedis.one("unixsocket", socket.toString());
                var links = open(to -> new Way.Socket(socket, Optional::empty, () -> {}));
                var link = links.act(redis.address())) {
            assertEquals("PONG", link.call("PING").text());
            redis.freeze();
            assertThrows(OutcomeUnknown.class, () -> link.call(SHORT, "PING"));
            redis.thaw();
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    @Test
    void anInterruptedCallEndsTheLink() throws Exception {
        try (var redis = RealRedis.one();
                var links = open(Ways.DIRECT);
                var link = links.act(redis.address())) {
            var caller = Thread.currentThread();
            var interrupter = Thread.ofVirtual().start(() -> {
                Awaitility.await().until(() -> redis.inline("INFO clients").contains("blocked_clients:1"));
                caller.interrupt();
            });
            assertThrows(InterruptedException.class, () -> link.call(Duration.ofSeconds(20), "BLPOP", "none", "0"));
            interrupter.join();
            assertThrows(Unreachable.class, () -> link.call("PING"));
        }
    }

    @Test
    void closingTheLinksClosesEveryOne() throws Exception {
        try (var redis = RealRedis.one()) {
            var links = open(Ways.DIRECT);
            var watch = links.watch(redis.address());
            watch.call("PING");
            links.act(redis.address()).call("PING");
            links.close();
            Awaitility.await().until(() -> redis.inline("INFO clients").contains("connected_clients:1\r"));
            assertThrows(Unreachable.class, () -> watch.call("PING"));
        }
    }
}
