package io.clusterdeck.deck;

import io.clusterdeck.redis.model.ClusterState;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a watch saw and nobody has looked at yet: a few states while they are followed, else the newest only. */
final class SeenStates {

    private static final int MOST = 64;

    private final LinkedBlockingDeque<ClusterState> seen = new LinkedBlockingDeque<>(MOST);
    private volatile boolean followed;

    void followed(boolean now) {
        followed = now;
    }

    /** On the watch's thread: never waits. Who follows too slowly misses states in between, never the latest. */
    void add(ClusterState state) {
        if (!followed) {
            seen.clear();
        }
        while (!seen.offer(state)) {
            seen.poll();
        }
    }

    ClusterState take() throws InterruptedException {
        return seen.take();
    }

    @Nullable
    ClusterState poll(Duration patience) throws InterruptedException {
        return seen.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Nullable
    ClusterState poll() {
        return seen.poll();
    }
}
