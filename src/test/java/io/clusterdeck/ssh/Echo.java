package io.clusterdeck.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server on loopback that says everything back. */
final class Echo implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final Set<Socket> callers = ConcurrentHashMap.newKeySet();

    Echo() throws IOException {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    var caller = server.accept();
                    callers.add(caller);
                    Thread.ofVirtual().start(() -> serve(caller));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void serve(Socket caller) {
        try (caller) {
            caller.getInputStream().transferTo(caller.getOutputStream());
        } catch (IOException gone) {
            System.err.println("echo: " + gone);
        } finally {
            callers.remove(caller);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many are connected. */
    int callers() {
        return callers.size();
    }

    /** Closes the connections of all of them. */
    void hangUp() throws IOException {
        for (var caller : callers) {
            caller.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** What a door answers to that; empty where it only closes. */
    static String ask(Way.Socket way, String text) throws IOException {
        try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(way.path()))) {
            socket.write(StandardCharsets.UTF_8.encode(text));
            // no end of input: who asks waits for the answer, as Redis' clients do
            return read(socket, text.length());
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).matches("Connection reset.*|Broken pipe.*")) {
                return "";
            }
            throw e;
        }
    }

    /** So many bytes, or fewer where the connection is closed before. */
    static String read(SocketChannel socket, int bytes) throws IOException {
        var buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && socket.read(buffer) >= 0) {}
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
}
