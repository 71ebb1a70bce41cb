package io.clusterdeck.say;

import org.jspecify.annotations.Nullable;

/** The host answered and refused every way to sign in, or its identity was not accepted by the operator. */
public final class SignInRefused extends Failure {

    public SignInRefused(Say what, Say next) {
        this(what, next, null);
    }

    public SignInRefused(Say what, Say next, @Nullable Throwable cause) {
        super(what, next, cause);
    }
}
