package io.clusterdeck.plan;

/** Being told of runs; ends when it is closed. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
