package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.model.ClusterState;
import java.util.function.Consumer;

/** Sees one cluster live until closed. Safe for use by many threads. */
public interface Watch extends AutoCloseable {

    /** The latest state; before the first answer one without nodes. Never blocks. */
    ClusterState now();

    /** Every new state, on a thread of the watch; slow consumers miss states in between, never the latest. */
    Subscription each(Consumer<ClusterState> to);

    @Override
    void close();

    /** Ends a subscription. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
