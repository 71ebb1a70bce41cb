package io.clusterdeck.say;

import org.jspecify.annotations.Nullable;

/** Refused before anything was changed: by a guard of ours, by permissions, or by the operator. */
public final class NotAllowed extends Failure {

    public NotAllowed(Say what, Say next) {
        this(what, next, null);
    }

    public NotAllowed(Say what, Say next, @Nullable Throwable cause) {
        super(what, next, cause);
    }
}
