package io.clusterdeck.ssh;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.Ports;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
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
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ways through a host whose sshd forbids forwarding, over a real OpenSSH server. */
@Tag("local")
@Timeout(300)
class RelayTest {

    private static final Script HELLO = Script.of("probe", "echo").with("value", "hello");

    @TempDir
    Path folder;

    private Sshd sshd(String... options) throws Exception {
        var sshd = new Sshd(folder.resolve("sshd"), options);
        sshd.allow("id_ed25519", "ed25519", "");
        return sshd;
    }

    private static Way.Socket way(SshHost host, int port) throws Exception {
        return (Way.Socket) host.reach(new InetSocketAddress("127.0.0.1", port));
    }

    private static List<String> relays(int port) {
        return ScriptTest.processes("(?s)bash -c .* 127.0.0.1 " + port);
    }

    @Test
    void bytesArePassedOnUntilEitherSideCloses() throws Exception {
        try (var sshd = sshd("AllowTcpForwarding no");
                var host = sshd.host(new Sshd.Person(true));
                var echo = new Echo();
                var way = way(host, echo.port())) {
            assertTrue(host.forbidsForwarding());
            await().until(() -> relays(echo.port()).isEmpty());
            // what is no text passes as it is
            var bytes = new byte[300_000];
            new Random(1).nextBytes(bytes);
            try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(way.path()))) {
                var writer = Thread.ofVirtual().start(() -> write(socket, bytes));
                var back = ByteBuffer.allocate(bytes.length);
                while (back.hasRemaining() && socket.read(back) >= 0) {}
                writer.join();
                assertEquals(ByteBuffer.wrap(bytes), back.flip());
                assertFalse(relays(echo.port()).isEmpty());
            }
            await("we closed").until(() -> relays(echo.port()).isEmpty() && echo.callers() == 0);
            try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(way.path()))) {
                socket.write(StandardCharsets.UTF_8.encode("hello"));
                assertEquals("hello", Echo.read(socket, 5));
                echo.hangUp();
                assertEquals(-1, socket.read(ByteBuffer.allocate(1)));
            }
            await("the port closed").until(() -> relays(echo.port()).isEmpty());
            var cut = SocketChannel.open(UnixDomainSocketAddress.of(way.path()));
            cut.write(StandardCharsets.UTF_8.encode("hello"));
            assertEquals("hello", Echo.read(cut, 5));
            sshd.connections().forEach(ProcessHandle::destroyForcibly);
            await("the connection was cut").until(() -> relays(echo.port()).isEmpty() && echo.callers() == 0);
            cut.close();
            await().ignoreExceptions().until(() -> Echo.ask(way, "again").equals("again"));
        }
    }

    /** Those who let go at once: the end of what they send may come before anything waits for it. */
    @Test
    void whoeverLetsGoAtOnceLeavesNothing() throws Exception {
        try (var sshd = sshd("AllowTcpForwarding no");
                var host = sshd.host(new Sshd.Person(true));
                var echo = new Echo();
                var way = way(host, echo.port())) {
            for (int i = 0; i < 40; i++) {
                SocketChannel.open(UnixDomainSocketAddress.of(way.path())).close();
            }
            assertEquals("hello", Echo.ask(way, "hello"));
            await().until(() -> relays(echo.port()).isEmpty() && echo.callers() == 0);
        }
    }

    private static void write(SocketChannel socket, byte[] bytes) {
        try {
            var all = ByteBuffer.wrap(bytes);
            while (all.hasRemaining()) {
                socket.write(all);
            }
        } catch (java.io.IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    /** Scripts have their sessions all the while, also where each connection has few; nobody waits for ever for one. */
    @Test
    void manyAtOnceLeaveScriptsTheirTurn() throws Exception {
        try (var sshd = sshd("AllowTcpForwarding no", "MaxSessions 2");
                var host = sshd.host(new Sshd.Person(true));
                var echo = new Echo();
                var way = way(host, echo.port())) {
            var sockets = new java.util.ArrayList<SocketChannel>();
            for (int i = 0; i < 6; i++) {
                var socket = SocketChannel.open(UnixDomainSocketAddress.of(way.path()));
                sockets.add(socket);
                socket.write(StandardCharsets.UTF_8.encode("hello"));
                assertEquals("hello", Echo.read(socket, 5));
            }
            assertEquals(Optional.of("hello"), host.run(HELLO, line -> {}).fact("value"));
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void whereAllSessionsAreTakenItIsSaid() throws Exception {
        try (var sshd = sshd("MaxSessions 1");
                var lanes = new Lanes(
                        new HostName("h1"),
                        new Opening(sshd.spec(), new Sshd.Person(true), sshd.files(), jump -> {
                            throw new AssertionError(jump);
                        }),
                        1,
                        Duration.ofMillis(300));
                var taken = lanes.shell()) {
            assertTrue(taken.connected());
            var told = assertThrows(NotAllowed.class, lanes::shell);
            assertEquals(Say.of("ssh.sessions-taken", "host", new HostName("h1"), "n", 1), told.what());
        }
    }

    @Test
    void aPortWhereNobodyListensIsToldAsSuch() throws Exception {
        try (var sshd = sshd("AllowTcpForwarding no");
                var host = sshd.host(new Sshd.Person(true));
                var nothing = way(host, Ports.block(1))) {
            assertEquals("", Echo.ask(nothing, "anybody?"));
            assertEquals(
                    "ssh.not-through", nothing.refusal().orElseThrow().what().key());
        }
    }

    @Test
    void aHostWithoutBashSaysThatItForbidsForwarding() throws Exception {
        var programs = Files.createDirectory(folder.resolve("programs"));
        for (var name : List.of("sh", "cat", "setsid", "sleep", "head", "sed", "tr")) {
            Files.createSymbolicLink(programs.resolve(name), Path.of("/usr/bin", name));
        }
        try (var sshd = sshd("AllowTcpForwarding no", "SetEnv PATH=" + programs);
                var host = sshd.host(new Sshd.Person(true))) {
            var forbidden = assertThrows(NotAllowed.class, () -> way(host, 1));
            assertEquals(Say.of("ssh.forwarding-forbidden", "host", new HostName("h1")), forbidden.what());
        }
    }

    @Test
    void whatASpecialPermitOpenLeavesIsForwarded() throws Exception {
        try (var first = new Echo();
                var second = new Echo();
                var sshd = sshd("PermitOpen 127.0.0.1:" + first.port());
                var host = sshd.host(new Sshd.Person(true));
                var open = way(host, first.port())) {
            assertFalse(host.forbidsForwarding());
            try (var other = way(host, second.port())) {
                assertEquals("hello", Echo.ask(other, "hello"));
            }
            assertTrue(host.forbidsForwarding());
            try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(open.path()))) {
                socket.write(StandardCharsets.UTF_8.encode("hello"));
                assertEquals("hello", Echo.read(socket, 5));
                assertEquals(List.of(), relays(first.port()));
            }
        }
    }
}
