package io.clusterdeck.redis.drill;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of its own that shares nothing with the probe, and works otherwise: it follows no redirection. Every 20 ms it sends one write of
 * each shard to every node over a raw socket, so whoever serves a shard takes it, and nobody waits for a node that does not answer. When its
 * standard input closes it prints a line for each time that a shard was without an acknowledged write, see {@link Asked}. Arguments: how many
 * shards, their masters, all other nodes.
 */
final class SecondClient {
    static final int BEAT = 20;

    private final List<Shard> shards;
    private volatile boolean over;

    private SecondClient(List<Shard> shards) {
        this.shards = shards;
    }

    private static final class Shard {
        private final String master;
        private final String key;
        private final Asked asked = new Asked(BEAT);

        Shard(String master, String key) {
            this.master = master;
            this.key = key;
        }
    }

    public static void main(String[] args) throws Exception {
        int n = Integer.parseInt(args[0]);
        var nodes = List.of(args).subList(1, args.length);
        var client = new SecondClient(new ArrayList<>());
        for (var master : nodes.subList(0, n)) {
            client.shards.add(new Shard(master, keyOf(master)));
        }
        var threads = nodes.stream()
                .map(node -> Thread.ofPlatform().start(() -> client.write(node)))
                .toList();
        while (client.shards.stream().anyMatch(s -> !s.asked.served())) {
            Thread.sleep(BEAT);
        }
        System.out.println("ready");
        System.in.readAllBytes();
        client.over = true;
        for (var thread : threads) {
            thread.join();
        }
        client.shards.forEach(s -> s.asked.gaps().forEach(g -> System.out.println(s.master + " " + g.text())));
    }

    private static String keyOf(String master) throws IOException {
        try (var wire = new Wire(master)) {
            for (int n = 0; ; n++) {
                var key = "second-client:" + n;
                wire.send("SET", key, "0", "EX", "600");
                if (wire.line().startsWith("+")) {
                    return key;
                }
            }
        }
    }

    /** To one node until it is over; one that is away is tried again. */
    private void write(String node) {
        while (!over) {
            long connects = System.currentTimeMillis();
            try (var wire = new Wire(node)) {
                while (!over) {
                    for (var shard : shards) {
                        wire.send("SET", shard.key, "1", "EX", "600");
                    }
                    beat(node, wire);
                    rest(node);
                }
                shards.forEach(s -> wire.send("DEL", s.key));
                for (int i = 0; i < shards.size(); i++) {
                    wire.line();
                }
            } catch (IOException away) {
                shards.forEach(s -> s.asked.unanswered(node, connects));
                rest(node);
            }
        }
    }

    private void rest(String node) {
        long due = System.currentTimeMillis() + BEAT;
        sleep(BEAT);
        long now = System.currentTimeMillis();
        shards.forEach(s -> s.asked.stood(node, due, now));
    }

    /** What is not answered was asked all the same. */
    private void beat(String node, Wire wire) throws IOException {
        long waited = Processor.waited();
        long sent = System.currentTimeMillis();
        int answered = 0;
        try {
            for (; answered < shards.size(); answered++) {
                var reply = wire.line();
                shards.get(answered).asked.answered(node, sent, System.currentTimeMillis(), reply);
            }
        } finally {
            long now = System.currentTimeMillis();
            long ready = now - (Processor.waited() - waited);
            shards.forEach(s -> s.asked.stood(node, ready, now));
            for (; answered < shards.size(); answered++) {
                shards.get(answered).asked.unanswered(node, sent);
            }
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }

    /** What Linux knows of this thread: an answer may lie unread while others have the processors. */
    private static final class Processor {
        private static final Path SCHEDULED = Path.of("/proc/thread-self/schedstat");

        /** For how many milliseconds this thread could have run so far and was not let; 0 where nobody tells. */
        static long waited() {
            try {
                return Long.parseLong(Files.readString(SCHEDULED).split(" ", -1)[1]) / 1_000_000;
            } catch (IOException notLinux) {
                return 0;
            }
        }
    }

    private static final class Wire implements AutoCloseable {
        private final Socket socket = new Socket();
        private final InputStream in;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Wire(String at) throws IOException {
            int colon = at.lastIndexOf(':');
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(1_000);
            socket.connect(
                    new InetSocketAddress(at.substring(0, colon), Integer.parseInt(at.substring(colon + 1))), 1_000);
            in = new BufferedInputStream(socket.getInputStream());
        }

        void send(String... words) {
            out.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            for (var word : words) {
                out.writeBytes(("$" + word.length() + "\r\n" + word + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
        }

        /** Sends what is not sent yet. @return one reply, which fits on one line */
        String line() throws IOException {
            socket.getOutputStream().write(out.toByteArray());
            out.reset();
            var line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new IOException("closed");
                }
                line.append((char) b);
            }
            return line.toString().strip();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
