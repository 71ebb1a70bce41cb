package io.clusterdeck.say;

import java.util.List;

/** A remote command ended with a failure; its last lines say why. */
public final class CommandFailed extends Failure {

    private final int code;
    private final transient List<String> lastLines;

    public CommandFailed(Say what, Say next, int code, List<String> lastLines) {
        super(what, next, null);
        this.code = code;
        this.lastLines = List.copyOf(lastLines);
    }

    /** The exit code, 128 + n for signal n. */
    public int code() {
        return code;
    }

    public List<String> lastLines() {
        return lastLines;
    }
}
