package io.clusterdeck.ssh;

import com.jcraft.jsch.SocketFactory;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/**
 * Sockets that acknowledge at once, where the system can (Linux). sshd leaves Nagle's algorithm on for sessions without a
 * terminal, so each of its small answers waits for our acknowledgement, which TCP by default delays by 40 ms.
 */
record QuickSockets(Duration limit) implements SocketFactory {

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(java.net.InetAddress.getByName(host), port), (int) limit.toMillis());
            socket.setSoTimeout((int) limit.toMillis());
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    @Override
    public InputStream getInputStream(Socket socket) throws IOException {
        return socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)
                ? new Quick(socket)
                : socket.getInputStream();
    }

    @Override
    public OutputStream getOutputStream(Socket socket) throws IOException {
        return socket.getOutputStream();
    }

    private static final class Quick extends FilterInputStream {
        private final Socket socket;

        Quick(Socket socket) throws IOException {
            super(socket.getInputStream());
            this.socket = socket;
        }

        /** The option does not last (tcp(7)): the kernel goes back to delaying when it likes. */
        @Override
        public int read(byte[] to, int start, int length) throws IOException {
            socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
            return super.read(to, start, length);
        }
    }
}
