package io.clusterdeck.redis.drill;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of its own that shares nothing with the probe, and works otherwise: it follows no redirection. Every 20 ms it sends one write of
 * each shard to every node over a raw socket, so whoever serves a shard takes it, and nobody waits for a node that does not answer. When its
 * standard input closes it prints a line for each time that a shard was without an acknowledged write: its first master, from and to in
 * milliseconds since 1970, and for how long at its ends this program did not know: after the last acknowledged write until that node was
 * asked again, and before the first one since that node had been asked before. Arguments: how many shards, their masters, all
 * other nodes.
 */
final class SecondClient {
    static final int BEAT = 20;
    static final int SHORTEST = 100;

    private final List<Shard> shards;
    private volatile boolean over;

    private SecondClient(List<Shard> shards) {
        this.shards = shards;
    }

    private static final class Shard {
        private final String master;
        private final String key;
        private final List<String> gaps = new ArrayList<>();
        private volatile long last;
        private String by = "";
        private long asked;

        Shard(String master, String key) {
            this.master = master;
            this.key = key;
        }

        /** A node is asked now. */
        synchronized void asks(String node, long at) {
            if (node.equals(by) && asked < last) {
                asked = at;
            }
        }

        /** @param before when that node had been asked before, and was done with it */
        synchronized void acknowledged(String node, long at, long before) {
            if (last > 0 && at - last >= SHORTEST) {
                long begin = (asked < last ? at : asked) - last - BEAT;
                long end = at - Math.max(before, last) - BEAT;
                gaps.add(master + " " + last + " " + at + " "
                        + Math.min(at - last, Math.max(0, begin) + Math.max(0, end)));
            }
            last = Math.max(last, at);
            by = node;
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
        while (client.shards.stream().anyMatch(s -> s.last == 0)) {
            Thread.sleep(BEAT);
        }
        System.out.println("ready");
        System.in.readAllBytes();
        client.over = true;
        for (var thread : threads) {
            thread.join();
        }
        client.shards.forEach(s -> s.gaps.forEach(System.out::println));
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
        long before = System.currentTimeMillis();
        while (!over) {
            try (var wire = new Wire(node)) {
                while (!over) {
                    beat(node, wire, before);
                    before = System.currentTimeMillis();
                    sleep(BEAT);
                }
                shards.forEach(s -> wire.send("DEL", s.key));
                for (int i = 0; i < shards.size(); i++) {
                    wire.line();
                }
            } catch (IOException away) {
                before = System.currentTimeMillis();
                sleep(BEAT);
            }
        }
    }

    private void beat(String node, Wire wire, long before) throws IOException {
        shards.forEach(s -> {
            s.asks(node, System.currentTimeMillis());
            wire.send("SET", s.key, "1", "EX", "600");
        });
        for (var shard : shards) {
            if (wire.line().startsWith("+")) {
                shard.acknowledged(node, System.currentTimeMillis(), before);
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
