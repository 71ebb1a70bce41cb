package io.clusterdeck.ssh;

import java.nio.file.Path;

/** How a port that a host can reach is reached from here. Closing it closes the way, not the connections' far ends. */
public sealed interface Way extends AutoCloseable {

    /** Straight over the network. */
    record Direct(String address, int port) implements Way {
        @Override
        public void close() {}
    }

    /** Through the host, by a Unix socket in a folder that only this user may enter. */
    record Socket(Path path, Runnable closer) implements Way {
        @Override
        public void close() {
            closer.run();
        }
    }

    /** Through the host, by a port on loopback: every user of this computer could use it, so the screen says so. */
    record Loopback(int port, Runnable closer) implements Way {
        @Override
        public void close() {
            closer.run();
        }
    }

    @Override
    void close();
}
