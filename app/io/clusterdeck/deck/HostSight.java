package io.clusterdeck.deck;

import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.HostKeyChanged;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.HostSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one host since it was said how to sign in there. Who is told another way begins another sight: a look that began
 * with the old way tells nothing about the new one. Safe for use by many threads.
 */
final class HostSight {

    final HostSpec how;
    private volatile @Nullable Machine machine;
    private volatile @Nullable Failure why;

    HostSight(HostSpec how) {
        this.how = how;
    }

    void seen(Machine now) {
        machine = now;
        why = null;
    }

    /** What was seen before stays, as old as it is; but of whose key is another one it may be another machine. */
    void failed(Failure failure) {
        why = failure;
        if (failure instanceof HostKeyChanged) {
            machine = null;
        }
    }

    /** Whether the last look at it told. */
    boolean tells() {
        return machine != null && why == null;
    }

    /** As it was seen last. */
    Optional<Machine> machine() {
        return Optional.ofNullable(machine);
    }

    /** Why it could not be looked at when that was tried last. */
    Optional<Failure> why() {
        return Optional.ofNullable(why);
    }

    /** A machine that refused us, or whose key the operator did not trust, is not knocked at again by itself: that would ask the same question every minute. */
    boolean refused() {
        return refusal(why).isPresent();
    }

    /** Why nothing can be asked there at all. */
    Optional<Failure> away() {
        return why().filter(w -> w instanceof Unreachable || refusal(w).isPresent());
    }

    static Optional<Failure> refusal(@Nullable Throwable why) {
        return why instanceof SignInRefused || why instanceof HostKeyChanged
                ? Optional.of((Failure) why)
                : Optional.empty();
    }
}
