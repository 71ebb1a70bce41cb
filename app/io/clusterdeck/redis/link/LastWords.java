package io.clusterdeck.redis.link;

import io.clusterdeck.ssh.Way;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server says when it drops a connection at once: protected mode, or too many clients. It is read over a connection on which
 * nothing is sent: a word from us would meet a closed port, and the answer to that takes the server's words away.
 */
final class LastWords {

    private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);

    private LastWords() {}

    /** The line, without its end; empty when the server waits for us to speak. */
    static String over(Way way, Duration limit) throws InterruptedException {
        try (var channel = channel(way)) {
            var heard = new CompletableFuture<String>();
            var reader = Thread.ofVirtual().name("last-words").start(() -> {
                try {
                    heard.complete(line(channel, way));
                } catch (IOException silent) {
                    heard.completeExceptionally(silent);
                }
            });
            try {
                return heard.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                reader.interrupt();
            }
        } catch (IOException | ExecutionException | TimeoutException nothing) {
            LOG.debug("no last words over {}: {}", way, nothing.toString());
            return "";
        }
    }

    private static SocketChannel channel(Way way) throws IOException {
        return way instanceof Way.Socket ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
    }

    private static String line(SocketChannel channel, Way way) throws IOException {
        channel.connect(
                switch (way) {
                    case Way.Direct d -> new InetSocketAddress(d.address(), d.port());
                    case Way.Socket s -> UnixDomainSocketAddress.of(s.path());
                });
        var bytes = ByteBuffer.allocate(2048);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            var text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            if (text.contains("\n")) {
                return text.substring(0, text.indexOf('\n')).strip();
            }
        }
        return "";
    }
}
