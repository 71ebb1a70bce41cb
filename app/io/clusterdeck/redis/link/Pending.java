package io.clusterdeck.redis.link;

import io.clusterdeck.say.Failure;
import java.time.Duration;
import java.util.Optional;

/** A command that was sent, and whose answer may come later: the link is kept for it. */
public interface Pending {

    /**
     * Waits so long for the answer; zero looks only. Empty where it has not come yet: it may be asked for again. Interruptible. Throws as
     * {@link Link#call} does where the link broke before the answer.
     */
    Optional<Reply> within(Duration limit) throws Failure, InterruptedException;

    /**
     * Since when it is known here what became of it, in the time of {@link System#nanoTime}: who waits for that may be woken later. Now
     * where nothing is known yet, or nobody noted when.
     */
    default long heard() {
        return System.nanoTime();
    }
}
