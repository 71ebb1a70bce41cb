package io.clusterdeck.say;

import org.jspecify.annotations.Nullable;

/** Something went wrong that an operator must understand: what happened, and what to do next. */
public abstract sealed class Failure extends Exception
        permits Unreachable,
                SignInRefused,
                HostKeyChanged,
                CommandFailed,
                UnexpectedOutput,
                NotAllowed,
                OutcomeUnknown,
                Bug {

    private final transient Say what;
    private final transient Say next;

    protected Failure(Say what, Say next, @Nullable Throwable cause) {
        super(what.toString(), cause);
        this.what = what;
        this.next = next;
    }

    /** What happened, and where. */
    public Say what() {
        return what;
    }

    /** The next useful action. */
    public Say next() {
        return next;
    }
}
