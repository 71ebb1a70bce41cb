package io.clusterdeck.ssh;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Runs a step of JSch, which swallows interruptions and waits as long as it likes, on a thread of its own: the caller can be
 * interrupted and waits no longer than a limit.
 */
final class Patience {

    private Patience() {}

    /**
     * @param paused whether the clock stands still, because a person is being asked
     * @param abandon lets go of what the step works on, when nobody waits for it any more; it may end later
     * @throws TimeoutException when the limit is over
     * @throws ExecutionException with what the step threw
     */
    static <T> T call(String name, Callable<T> step, Duration limit, BooleanSupplier paused, Runnable abandon)
            throws InterruptedException, TimeoutException, ExecutionException {
        var task = new FutureTask<>(step);
        var thread = Thread.ofVirtual().name(name).start(task);
        boolean done = false;
        try {
            for (long left = limit.toNanos(); left > 0; ) {
                long before = System.nanoTime();
                try {
                    var result = task.get(Math.min(left, 100_000_000L), TimeUnit.NANOSECONDS);
                    done = true;
                    return result;
                } catch (TimeoutException notYet) {
                    left -= paused.getAsBoolean() ? 0 : System.nanoTime() - before;
                } catch (ExecutionException failed) {
                    done = true;
                    throw failed;
                }
            }
            throw new TimeoutException(name);
        } finally {
            if (!done) {
                thread.interrupt();
                abandon.run();
            }
        }
    }
}
