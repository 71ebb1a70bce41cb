package io.clusterdeck.deck;

import io.clusterdeck.ssh.HostSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Looks at hosts side by side, on a thread each. For use by one thread; closed by any. */
final class Lookouts implements AutoCloseable {

    /** A look at one host; blocks. */
    interface Look {
        void at(HostSpec host) throws InterruptedException;
    }

    private static final long GLANCE_MILLIS = 100;
    /** A host that runs is looked at within that time, though its nodes are stopped. */
    private static final long RUNS_MILLIS = 1_000;

    private final Map<HostSpec, Future<?>> looking = new HashMap<>();
    private final ExecutorService side;

    Lookouts(String cluster) {
        this.side = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("look at a host of " + cluster).factory());
    }

    /**
     * Begins a look at each host, unless an earlier one is still at it, and waits for the ends of all; for those that seem to be away
     * only a moment, since they may take as long as a connection is tried.
     *
     * @throws InterruptedException also once this is closed
     */
    void at(List<HostSpec> hosts, Look look, Predicate<HostSpec> away) throws InterruptedException {
        looking.values().removeIf(Future::isDone);
        try {
            for (var host : hosts) {
                looking.computeIfAbsent(
                        host,
                        h -> side.submit(() -> {
                            look.at(h);
                            return h;
                        }));
            }
        } catch (RejectedExecutionException closed) {
            throw new InterruptedException(closed.getMessage());
        }
        for (var one : looking.entrySet()) {
            await(one.getValue(), one.getKey(), away);
        }
    }

    private static void await(Future<?> look, HostSpec host, Predicate<HostSpec> away) throws InterruptedException {
        for (long waited = 0; waited < RUNS_MILLIS || !away.test(host); waited += GLANCE_MILLIS) {
            try {
                look.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException notYet) {
                continue;
            } catch (ExecutionException ended) {
                if (ended.getCause() instanceof InterruptedException) {
                    throw new InterruptedException("closed");
                }
                throw new IllegalStateException(ended);
            }
        }
    }

    @Override
    public void close() {
        side.shutdownNow();
    }
}
