package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.model.ClusterState;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want every new state, each on a thread of its own: one that is slow misses some, holds up nobody, and gets the latest. */
final class Listeners implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final Set<Listener> all = ConcurrentHashMap.newKeySet();

    Watch.Subscription add(Consumer<ClusterState> to, @Nullable ClusterState first) {
        var listener = new Listener(to);
        all.add(listener);
        if (first != null) {
            listener.tell(first);
        }
        return () -> {
            all.remove(listener);
            listener.end();
        };
    }

    void tell(ClusterState state) {
        all.forEach(l -> l.tell(state));
    }

    @Override
    public void close() {
        all.forEach(Listener::end);
        all.clear();
    }

    private static final class Listener {
        private final AtomicReference<@Nullable ClusterState> latest = new AtomicReference<>();
        private final Consumer<ClusterState> to;
        private final Thread thread;
        private volatile boolean ended;

        Listener(Consumer<ClusterState> to) {
            this.to = to;
            this.thread = Thread.ofVirtual().name("watch-listener").start(this::run);
        }

        void tell(ClusterState state) {
            latest.set(state);
            LockSupport.unpark(thread);
        }

        void end() {
            ended = true;
            thread.interrupt();
        }

        private void run() {
            while (!ended) {
                var state = latest.getAndSet(null);
                if (state == null) {
                    LockSupport.park(this);
                    continue;
                }
                try {
                    to.accept(state);
                } catch (RuntimeException mistake) {
                    LOG.error("a listener of a watch failed", mistake);
                }
            }
        }
    }
}
