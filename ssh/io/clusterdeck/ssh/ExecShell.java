package io.clusterdeck.ssh;

import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/** A shell in an exec channel. Its place in the budget is free again when sshd has closed the channel, or after a few seconds. */
final class ExecShell implements Shell {

    private static final int PATIENCE_MILLIS = 4_000;

    private final Session session;
    private final Stream stream;
    private final InputStream err;
    private final Runnable released;
    private final AtomicBoolean closing = new AtomicBoolean();

    ExecShell(Session session, Stream stream, InputStream err, Runnable released) {
        this.session = session;
        this.stream = stream;
        this.err = err;
        this.released = released;
    }

    @Override
    public OutputStream in() {
        return stream.out();
    }

    @Override
    public InputStream out() {
        return stream.in();
    }

    @Override
    public InputStream err() {
        return err;
    }

    /** What runs in it as an open channel; closing that closes this. */
    Stream stream() {
        return new Stream(stream.channel(), stream.pipe(), stream.out(), this::close);
    }

    /** JSch closes the channels of a broken connection before it says that the connection is broken. */
    @Override
    public boolean connected() {
        for (int i = 0; i < 20 && session.isConnected() && !ended(); i++) {
            pause(15);
        }
        return ended() || session.isConnected();
    }

    private boolean ended() {
        return stream.channel().getExitStatus() != -1 || stream.channel().getExitSignal() != null;
    }

    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        try {
            stream.out().close();
        } catch (IOException gone) {
            LoggerFactory.getLogger(ExecShell.class).debug("the channel had closed", gone);
        }
        Thread.ofVirtual().name("close channel").start(this::settle);
    }

    private void settle() {
        for (int waited = 0;
                waited < PATIENCE_MILLIS && !stream.channel().isClosed() && session.isConnected();
                waited += 10) {
            pause(10);
        }
        stream.close();
        released.run();
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
