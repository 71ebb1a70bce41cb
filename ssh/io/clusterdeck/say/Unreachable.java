package io.clusterdeck.say;

import org.jspecify.annotations.Nullable;

/** A host or node did not answer in time, or the way to it is closed. */
public final class Unreachable extends Failure {

    public Unreachable(Say what, Say next) {
        this(what, next, null);
    }

    public Unreachable(Say what, Say next, @Nullable Throwable cause) {
        super(what, next, cause);
    }
}
