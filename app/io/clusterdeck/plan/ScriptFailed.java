package io.clusterdeck.plan;

import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;

/** How a script failed: as it says itself, else what is known of its end. */
public final class ScriptFailed {
    private static final int BY_SIGNAL = 128;
    private static final int LAST_SIGNAL = 64;

    private ScriptFailed() {}

    /** @param script its resource */
    public static CommandFailed of(String script, HostName on, Exit exit) {
        var what = exit.why().orElseGet(() -> unsaid(script, on, exit));
        return new CommandFailed(what, new Say(what.key() + ".next", what.args()), exit.code(), exit.tail());
    }

    private static Say unsaid(String script, HostName on, Exit exit) {
        int signal = exit.code() - BY_SIGNAL;
        return signal > 0 && signal <= LAST_SIGNAL
                ? Say.of("plan.script-killed", "script", script, "host", on, "signal", signal)
                : Say.of(
                        exit.tail().isEmpty() ? "plan.script-mute" : "plan.script-failed",
                        "script",
                        script,
                        "host",
                        on,
                        "code",
                        exit.code());
    }

    /** It ended well, and did not tell what it was asked. */
    public static UnexpectedOutput untold(String script, HostName on) {
        return new UnexpectedOutput(
                Say.of("plan.no-verdict", "script", script, "host", on), Say.of("plan.no-verdict.next"));
    }
}
