package io.clusterdeck.ssh;

import io.clusterdeck.say.Failure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** How a port that a host can reach is reached from here. Closing it closes the way, not the connections' far ends. */
public sealed interface Way extends AutoCloseable {

    /** Straight over the network. */
    record Direct(String address, int port) implements Way {
        @Override
        public void close() {}
    }

    /** Through the host, by a Unix socket in a folder that only this user may enter. */
    record Socket(Path path, Supplier<Optional<Failure>> refused, Runnable closer) implements Way {
        @Override
        public Optional<Failure> refusal() {
            return refused.get();
        }

        @Override
        public void close() {
            closer.run();
        }
    }

    /** Why the host did not connect the last caller, who only saw the connection close; empty when it did, or nobody came. */
    default Optional<Failure> refusal() {
        return Optional.empty();
    }

    @Override
    void close();
}
