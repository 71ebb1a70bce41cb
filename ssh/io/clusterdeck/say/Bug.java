package io.clusterdeck.say;

import org.jspecify.annotations.Nullable;

/** Our own mistake; the operator can only report it. */
public final class Bug extends Failure {

    public Bug(Say what, Say next) {
        this(what, next, null);
    }

    public Bug(Say what, Say next, @Nullable Throwable cause) {
        super(what, next, cause);
    }
}
