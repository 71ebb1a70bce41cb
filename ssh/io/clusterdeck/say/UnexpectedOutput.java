package io.clusterdeck.say;

import org.jspecify.annotations.Nullable;

/** A program answered in a way that we do not understand, so we do not go on. */
public final class UnexpectedOutput extends Failure {

    public UnexpectedOutput(Say what, Say next) {
        this(what, next, null);
    }

    public UnexpectedOutput(Say what, Say next, @Nullable Throwable cause) {
        super(what, next, cause);
    }
}
