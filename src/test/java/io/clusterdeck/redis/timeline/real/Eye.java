package io.clusterdeck.redis.timeline.real;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Asks one server again and again for CLUSTER NODES, on a thread of its own, and keeps each answer that differs from the one before. */
final class Eye implements AutoCloseable {
    private static final long EVERY = 12;

    private final int port;
    private final Consumer<Look> news;
    private final List<Look> looks = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile long heard;
    private long asked;

    Eye(int port, Consumer<Look> news) {
        this.port = port;
        this.news = news;
        thread = Thread.ofVirtual().name("eye on " + port).start(this::watch);
    }

    List<Look> looks() {
        return looks;
    }

    Optional<Look> last() {
        return looks.isEmpty() ? Optional.empty() : Optional.of(looks.getLast());
    }

    /** When it last answered. */
    long heard() {
        return heard;
    }

    private void watch() {
        while (!closed) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(60_000); // who is stopped answers when it goes on
                var in = new BufferedInputStream(socket.getInputStream());
                while (!closed) {
                    ask(socket, in);
                    Thread.sleep(EVERY);
                }
            } catch (IOException away) {
                pause();
            } catch (InterruptedException over) {
                return;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(EVERY);
        } catch (InterruptedException over) {
            closed = true;
        }
    }

    private void ask(Socket socket, BufferedInputStream in) throws IOException {
        long now = System.currentTimeMillis();
        socket.getOutputStream().write("CLUSTER NODES\r\n".getBytes(StandardCharsets.US_ASCII));
        var head = line(in);
        if (!head.startsWith("$")) {
            return; // it loads its data
        }
        var text = new String(in.readNBytes(Integer.parseInt(head.substring(1)) + 2), StandardCharsets.US_ASCII);
        long at = System.currentTimeMillis();
        var rows = Look.rows(text);
        if (!rows.equals(last().map(Look::rows).orElse(Map.of())) || at - heard > 1000) {
            var look = new Look(asked, at, rows);
            looks.add(look);
            news.accept(look);
        }
        heard = at;
        asked = now;
    }

    private static String line(BufferedInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed");
            }
            line.append((char) c);
        }
        return line.toString().trim();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
