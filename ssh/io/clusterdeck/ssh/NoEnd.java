package io.clusterdeck.ssh;

import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.say.Unreachable;
import java.util.List;

/** Why a script came to no end of its own. */
final class NoEnd {

    private NoEnd() {}

    /** A check can be repeated; anything else may or may not have been done. */
    static Failure lost(HostName host, Script script) {
        return script.verb().equals("check")
                ? new Unreachable(Say.of("ssh.lost", "host", host), Say.of("ssh.lost.next", "host", host))
                : new OutcomeUnknown(
                        Say.of("ssh.outcome-unknown", "host", host, "script", script.resource()),
                        Say.of("ssh.outcome-unknown.next", "host", host));
    }

    /** @param ended whether the host said that it ended the script */
    static Failure timeOver(HostName host, Script script, List<String> tail, boolean ended) {
        long limit = script.limit().toMillis();
        if (!ended && !script.verb().equals("check")) {
            return new OutcomeUnknown(
                    Say.of("ssh.time-limit-unknown", "host", host, "script", script.resource(), "limit", limit),
                    Say.of("ssh.outcome-unknown.next", "host", host));
        }
        return new CommandFailed(
                Say.of("ssh.time-limit", "host", host, "script", script.resource(), "limit", limit),
                Say.of("ssh.time-limit.next", "host", host),
                124,
                tail);
    }

    static Failure missing(HostName host, String what) {
        return new NotAllowed(
                Say.of("ssh.missing", "host", host, "what", what), Say.of("ssh.missing.next", "what", what));
    }

    static Failure noSudo(HostName host, boolean declined, String said) {
        return declined
                ? new NotAllowed(Say.of("ssh.sudo-declined", "host", host), Say.of("ssh.sudo-declined.next"))
                : new NotAllowed(
                        Say.of("ssh.sudo-refused", "host", host, "said", said),
                        Say.of("ssh.sudo-refused.next", "host", host));
    }

    static Failure noShell(HostName host, String said) {
        return new UnexpectedOutput(
                Say.of("ssh.no-shell", "host", host, "said", said), Say.of("ssh.no-shell.next", "host", host));
    }
}
