package io.clusterdeck.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bytes from one thread to another. JSch writes what arrives in a channel on the one thread that serves the whole
 * connection, so a slow reader must not hold it up: 64 MiB are kept before it does. Reading may have a time limit, as a
 * socket's has. Safe for one writer and one reader.
 */
final class Pipe {

    private static final long MOST = 64L << 20;

    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private int offset;
    private long held;
    private boolean closed;
    private volatile int timeout;

    /** Milliseconds after which a read fails with {@link SocketTimeoutException}; 0 for never. */
    void timeout(int millis) {
        timeout = millis;
    }

    OutputStream in() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] from, int start, int length) throws IOException {
                put(java.util.Arrays.copyOfRange(from, start, start + length));
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    InputStream out() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int start, int length) throws IOException {
                return take(to, start, length);
            }

            @Override
            public int available() {
                return waiting();
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    private synchronized void put(byte[] chunk) throws IOException {
        while (held > MOST && !closed) {
            pause(0);
        }
        if (closed) {
            throw new IOException("the reader has gone");
        }
        if (chunk.length > 0) {
            chunks.addLast(chunk);
            held += chunk.length;
            notifyAll();
        }
    }

    private synchronized int take(byte[] to, int start, int length) throws IOException {
        long until = System.currentTimeMillis() + timeout;
        while (chunks.isEmpty() && !closed) {
            long left = timeout == 0 ? 0 : until - System.currentTimeMillis();
            if (timeout != 0 && left <= 0) {
                throw new SocketTimeoutException("nothing came within " + timeout + " ms");
            }
            pause(left);
        }
        if (chunks.isEmpty()) {
            return -1;
        }
        if (length == 0) {
            return 0;
        }
        var first = chunks.getFirst();
        int n = Math.min(length, first.length - offset);
        System.arraycopy(first, offset, to, start, n);
        offset += n;
        held -= n;
        if (offset == first.length) {
            chunks.removeFirst();
            offset = 0;
        }
        notifyAll();
        return n;
    }

    private synchronized int waiting() {
        return (int) Math.min(Integer.MAX_VALUE, held);
    }

    private synchronized void end() {
        closed = true;
        notifyAll();
    }

    private void pause(long millis) throws IOException {
        try {
            wait(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(stopped);
        }
    }
}
