package io.clusterdeck.ssh;

import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.SocketFactory;
import io.clusterdeck.say.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** The way to a host through another: a direct-tcpip channel that looks like a socket to JSch, so that keep-alives work. */
final class JumpProxy implements Proxy {

    private final SshHost jump;
    private @Nullable Stream stream;

    JumpProxy(SshHost jump) {
        this.jump = jump;
    }

    /** Carries a failure of the jump host through JSch, which wraps what it does not know. */
    static final class Broken extends IOException {
        final transient Failure failure;

        Broken(Failure failure) {
            super(failure);
            this.failure = failure;
        }
    }

    @Override
    public void connect(@Nullable SocketFactory factory, String host, int port, int timeout)
            throws IOException, InterruptedException {
        try {
            stream = jump.tunnel(host, port);
        } catch (Failure broken) {
            throw new Broken(broken);
        }
    }

    private Stream stream() {
        if (stream == null) {
            throw new IllegalStateException("not connected");
        }
        return stream;
    }

    @Override
    public InputStream getInputStream() {
        return stream().in();
    }

    @Override
    public OutputStream getOutputStream() {
        return stream().out();
    }

    /** JSch sets time limits on it; the reading end keeps them. */
    @Override
    public Socket getSocket() {
        var opened = stream();
        return new Socket() {
            @Override
            public void setSoTimeout(int millis) {
                opened.pipe().timeout(millis);
            }

            @Override
            public void setTcpNoDelay(boolean on) {
                // the jump host's own connection decides
            }

            @Override
            public void close() throws IOException {
                opened.close();
                super.close();
            }
        };
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
        }
    }
}
