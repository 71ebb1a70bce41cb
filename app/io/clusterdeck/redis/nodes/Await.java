package io.clusterdeck.redis.nodes;

import io.clusterdeck.say.Failure;
import java.time.Duration;
import java.util.function.Predicate;

/** Waits for a condition that only asking can tell. */
public final class Await {
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private Await() {}

    /** Something that is looked at again and again. */
    @FunctionalInterface
    public interface Look<T> {
        T look() throws Failure, InterruptedException;
    }

    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Failure, InterruptedException;
    }

    /** Asks about ten times a second, at most for {@code limit}; false when it did not come true. */
    public static boolean until(Duration limit, Condition condition) throws Failure, InterruptedException {
        return seen(limit, condition::holds, held -> held);
    }

    /** Likewise; what was seen last, be it as wanted or not. */
    public static <T> T seen(Duration limit, Look<T> look, Predicate<T> wanted) throws Failure, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            var seen = look.look();
            if (wanted.test(seen) || System.nanoTime() > end) {
                return seen;
            }
            Thread.sleep(BETWEEN);
        }
    }
}
