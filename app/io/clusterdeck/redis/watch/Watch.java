package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.NodeAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Sees one cluster live until closed. Safe for use by many threads. */
public interface Watch extends AutoCloseable {

    /** The latest state; before the first answer one without nodes. Never blocks. */
    ClusterState now();

    /** Every new state, on a thread of the watch; slow consumers miss states in between, never the latest. */
    Subscription each(Consumer<ClusterState> to);

    /**
     * The first state in which every node that is known was asked, or after {@code limit} the latest: for who wants to look once.
     * Blocks.
     */
    default ClusterState look(Duration limit) throws InterruptedException {
        var whole = new CompletableFuture<ClusterState>();
        try (var subscription = each(state -> {
            if (!state.nodes().isEmpty()
                    && state.nodes().values().stream().noneMatch(n -> n.contact() instanceof Contact.Unknown)) {
                whole.complete(state);
            }
        })) {
            return whole.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            return now();
        }
    }

    /** How it stands with an address that is asked, also while nobody knows which node is there. Never blocks. */
    default Contact contact(NodeAddress at) {
        return new Contact.Unknown();
    }

    @Override
    void close();

    /** Ends a subscription. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
