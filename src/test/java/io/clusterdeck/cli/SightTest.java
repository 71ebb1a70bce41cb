package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.nodes.Layouts;
import io.clusterdeck.redis.watch.Watch;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The first look waits for what its findings rest on. */
class SightTest {

    private static final Instant AT = Instant.parse("2026-11-22T09:00:00Z");

    private final AtomicReference<Optional<Instant>> looked = new AtomicReference<>(Optional.empty());
    private final List<Consumer<ClusterState>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<ClusterState> now = new AtomicReference<>(state(0));

    private static ClusterState state(int second) {
        return new Layouts(3, 1).state(AT.plusSeconds(second));
    }

    private final Watch watch = new Watch() {
        @Override
        public ClusterState now() {
            return now.get();
        }

        @Override
        public Subscription each(Consumer<ClusterState> to) {
            listeners.add(to);
            return () -> listeners.remove(to);
        }

        @Override
        public void close() {}
    };

    private OpenCluster cluster() {
        return (OpenCluster) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {OpenCluster.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "watch" -> watch;
                    case "looked" -> looked.get();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private void tick(int second) {
        now.set(state(second));
        listeners.forEach(l -> l.accept(now.get()));
    }

    @Test
    void theStateIsOneThatWasJudgedAfterTheHostsWereLookedAt() throws Exception {
        var ticking = Thread.ofVirtual().start(() -> {
            for (int second = 1; second < 1000 && !Thread.interrupted(); second++) {
                if (second == 5) {
                    looked.set(Optional.of(AT.plusSeconds(5)));
                }
                tick(second);
                java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
            }
        });
        try {
            var seen = Sight.whole(cluster(), Duration.ofSeconds(30));
            assertTrue(seen.at().isAfter(AT.plusSeconds(5)), seen.at().toString());
        } finally {
            ticking.interrupt();
            ticking.join();
        }
    }

    @Test
    void hostsThatAreSlowAreNotWaitedForForEver() throws Exception {
        assertEquals(AT, Sight.whole(cluster(), Duration.ofMillis(50)).at());
    }
}
