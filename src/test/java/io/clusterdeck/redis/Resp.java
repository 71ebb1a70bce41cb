package io.clusterdeck.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** A minimal RESP2 connection: what a test needs to look behind the program's back. */
public final class Resp implements AutoCloseable {
    private final Socket socket;
    private final BufferedInputStream in;

    Resp(int port, String password) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
        socket.setSoTimeout(5000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        if (!password.isEmpty()) {
            call("AUTH", password);
        }
    }

    public String call(String... command) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("*" + command.length + "\r\n").getBytes(StandardCharsets.UTF_8));
        for (var word : command) {
            var bytes = word.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.writeBytes(bytes);
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        socket.getOutputStream().write(out.toByteArray());
        return reply();
    }

    private String reply() throws IOException {
        var line = line();
        return switch (line.charAt(0)) {
            case '+', ':' -> line.substring(1);
            case '$' -> {
                int n = Integer.parseInt(line.substring(1));
                if (n < 0) {
                    yield "";
                }
                var bytes = in.readNBytes(n);
                in.skipNBytes(2);
                yield new String(bytes, StandardCharsets.UTF_8);
            }
            case '*' -> {
                var items = new ArrayList<String>();
                for (int i = Integer.parseInt(line.substring(1)); i > 0; i--) {
                    items.add(reply());
                }
                yield String.join("\n", items);
            }
            default -> line;
        };
    }

    private String line() throws IOException {
        var text = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\r'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed");
            }
            text.write(b);
        }
        in.skipNBytes(1);
        return text.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
