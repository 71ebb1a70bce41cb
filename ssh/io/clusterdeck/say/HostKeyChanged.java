package io.clusterdeck.say;

import org.jspecify.annotations.Nullable;

/** The host shows another key than the one known for it; nothing was sent to it. */
public final class HostKeyChanged extends Failure {

    public HostKeyChanged(Say what, Say next) {
        this(what, next, null);
    }

    public HostKeyChanged(Say what, Say next, @Nullable Throwable cause) {
        super(what, next, cause);
    }
}
