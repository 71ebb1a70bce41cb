package io.clusterdeck.redis.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Way;
import io.clusterdeck.words.Words;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is turned away behind a host sees a connection that closes; the host knows why, and it is said. */
class RefusedOnTheWayTest {

    private static final NodeAddress NODE = new NodeAddress("10.0.0.1", 9000);

    @TempDir
    Path folder;

    private Failure refusedFor(Failure refusal) throws IOException {
        var path = folder.resolve("door");
        try (var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
                var links = new LettuceLinks(
                        to -> new Way.Socket(path, () -> Optional.of(refusal), () -> {}), () -> Login.NONE)) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        door.accept().close();
                    }
                } catch (IOException over) {
                    // the test has ended
                }
            });
            return assertThrows(Failure.class, () -> links.act(NODE));
        }
    }

    @Test
    void aPortThatTheHostCannotReach() throws Exception {
        var told = refusedFor(new Unreachable(
                Say.of("ssh.not-through", "host", "h1", "address", "10.0.0.1", "port", 9000),
                Say.of("ssh.not-through.next")));
        assertEquals("link.unreachable", told.what().key());
        assertEquals(
                "No connection to 10.0.0.1:9000: h1 is reached, but gets no connection there (nothing listens, or something is in between).",
                Words.in(Locale.ENGLISH).say(told.what()));
    }

    @Test
    void aHostThatIsLostOrForbidsIt() throws Exception {
        var forbidden = new NotAllowed(
                Say.of("ssh.forwarding-forbidden", "host", "h1"), Say.of("ssh.forwarding-forbidden.next"));
        assertSame(forbidden, refusedFor(forbidden));
    }
}
