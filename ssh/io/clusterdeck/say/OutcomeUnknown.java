package io.clusterdeck.say;

import org.jspecify.annotations.Nullable;

/** The request was sent and no answer came back: it may or may not have taken effect. */
public final class OutcomeUnknown extends Failure {

    public OutcomeUnknown(Say what, Say next) {
        this(what, next, null);
    }

    public OutcomeUnknown(Say what, Say next, @Nullable Throwable cause) {
        super(what, next, cause);
    }
}
