package io.clusterdeck.redis.nodes;

import io.clusterdeck.say.Failure;
import java.time.Duration;

/** Waits for a condition that only asking can tell. */
public final class Await {
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private Await() {}

    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Failure, InterruptedException;
    }

    /** Asks about ten times a second, at most for {@code limit}; false when it did not come true. */
    public static boolean until(Duration limit, Condition condition) throws Failure, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(BETWEEN);
        }
        return true;
    }
}
