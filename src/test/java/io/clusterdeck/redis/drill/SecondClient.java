package io.clusterdeck.redis.drill;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program of its own that shares nothing with the probe: writes one key of one shard every 20 ms over raw sockets until its standard
 * input closes, then prints the longest time without an acknowledged write, in milliseconds. Arguments: the shard's master, other nodes.
 */
final class SecondClient {
    private final List<String> nodes;
    private final Map<String, Wire> wires = new HashMap<>();
    private int next;

    private SecondClient(List<String> nodes) {
        this.nodes = new ArrayList<>(nodes);
    }

    public static void main(String[] args) throws Exception {
        var client = new SecondClient(List.of(args));
        var key = client.keyOf(args[0]);
        for (int warm = 0; warm < 50; warm++) {
            client.write(args[0], key, "0");
            Thread.sleep(10);
        }
        System.out.println("ready");
        long last = System.nanoTime();
        long longest = 0;
        String at = args[0];
        while (System.in.available() == 0) {
            var to = client.write(at, key, Long.toString(last));
            long now = System.nanoTime();
            if (to != null) {
                at = to;
                longest = Math.max(longest, now - last);
                last = now;
            } else {
                client.next = (client.next + 1) % client.nodes.size();
                at = client.nodes.get(client.next);
            }
            Thread.sleep(20);
        }
        client.wire(at).call("DEL", key);
        System.out.println(longest / 1_000_000);
    }

    private String keyOf(String master) throws IOException {
        for (int n = 0; ; n++) {
            var key = "second-client:" + n;
            if (wire(master).call("SET", key, "0", "EX", "600").startsWith("+")) {
                return key;
            }
        }
    }

    /** Who took it; null when nobody did. */
    private String write(String first, String key, String value) {
        var at = first;
        for (int hop = 0; hop < 4; hop++) {
            try {
                var reply = wire(at).call("SET", key, value, "EX", "600");
                if (reply.startsWith("+")) {
                    return at;
                }
                if (!reply.startsWith("-MOVED ")) {
                    return null;
                }
                at = reply.substring(reply.lastIndexOf(' ') + 1);
            } catch (IOException silent) {
                var wire = wires.remove(at);
                if (wire != null) {
                    wire.close();
                }
                return null;
            }
        }
        return null;
    }

    private Wire wire(String at) throws IOException {
        var wire = wires.get(at);
        if (wire == null) {
            wire = new Wire(at);
            wires.put(at, wire);
        }
        return wire;
    }

    private static final class Wire {
        private final Socket socket = new Socket();
        private final BufferedInputStream in;

        Wire(String at) throws IOException {
            int colon = at.lastIndexOf(':');
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(300);
            socket.connect(
                    new InetSocketAddress(at.substring(0, colon), Integer.parseInt(at.substring(colon + 1))), 300);
            in = new BufferedInputStream(socket.getInputStream());
        }

        /** One reply that fits on one line. */
        String call(String... words) throws IOException {
            var out = new ByteArrayOutputStream();
            out.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            for (var word : words) {
                out.writeBytes(("$" + word.length() + "\r\n" + word + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
            socket.getOutputStream().write(out.toByteArray());
            var line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new IOException("closed");
                }
                line.append((char) b);
            }
            return line.toString().strip();
        }

        void close() {
            try {
                socket.close();
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        }
    }
}
