package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a log message tells of a failover, in the words of Redis 6.0 to 8 and of Valkey: 7.2 adds a name in brackets behind each id,
 * Valkey says primary for master. A message counts only as a whole: the same words within another message tell nothing.
 */
final class Wording {

    /** What a message tells. */
    record Told(What what, Optional<NodeId> about, long number, String more) {

        static Told of(What what) {
            return new Told(what, Optional.empty(), -1, "");
        }

        Told about(String id) {
            return new Told(what, Optional.of(new NodeId(id)), number, more);
        }

        Told number(String digits) {
            return new Told(what, about, Long.parseLong(digits), more);
        }

        Told more(String text) {
            return new Told(what, about, number, text);
        }
    }

    private record Form(Pattern pattern, Function<Matcher, Told> reads) {}

    /** An id, and what 7.2 and later put behind it; one of 7.2's lines puts the name there without brackets. */
    private static final String ID = "([0-9a-f]{40})(?: \\([^()]*\\)| [^\\s:()]*)?";

    private static final String MASTER = "(?:master|primary)";
    private static final String N = "(-?[0-9]{1,18})";
    private static final List<Form> FORMS = new ArrayList<>();

    static {
        form("Connection with " + MASTER + " lost\\.", m -> Told.of(What.MASTER_LOST));
        form(
                "(?:Rec|C)onnecting to (?:MASTER|PRIMARY) (\\S+:[0-9]{1,5})(?: after failure)?",
                m -> Told.of(What.SEEKS_MASTER).more(m.group(1)));
        form("(?:MASTER|PRIMARY) timeout: no data nor PING received\\.\\.\\.", m -> Told.of(What.MASTER_SILENT));
        form(
                "Connection with Node " + ID + " at .*",
                m -> Told.of(What.LINK_LOST).about(m.group(1)));
        form(
                "(?:\\*{3} )?NODE " + ID + " possibly failing\\.?",
                m -> Told.of(What.SUSPECTS).about(m.group(1)));
        form(
                "Node " + ID + " reported node " + ID + " as not reachable\\.",
                m -> Told.of(What.HEARS_SUSPICION).about(m.group(2)).more(m.group(1)));
        form(
                "Marking node " + ID + " as failing \\(quorum reached\\)\\.",
                m -> Told.of(What.MARKS_FAIL).about(m.group(1)));
        form(
                "FAIL message received from " + ID + " about " + ID,
                m -> Told.of(What.HEARS_FAIL).about(m.group(2)).more(m.group(1)));
        form(
                "Clear FAIL state for node " + ID + ": ?.*",
                m -> Told.of(What.CLEARS_FAIL).about(m.group(1)));
        form("Cluster state changed: fail", m -> Told.of(What.STATE_FAIL));
        form("Cluster state changed: ok", m -> Told.of(What.STATE_OK));
        form(
                "Currently unable to failover: Disconnected from " + MASTER + " for longer than allowed\\..*",
                m -> Told.of(What.TOO_OLD));
        form(
                "Start of election delayed for " + N + " milliseconds \\(rank #" + N
                        + ",(?: primary rank #[0-9]+,)? offset " + N + "\\)\\.",
                m -> Told.of(What.DELAYED).number(m.group(1)).more(m.group(2) + " " + m.group(3)));
        form(
                "(?:This is the best ranked replica and can|Myself become the best ranked replica,) initiate the election"
                        + " immediately\\.?",
                m -> Told.of(What.DELAYED).number("0").more("0"));
        form(
                "Replica rank updated to #" + N + ", added " + N + " milliseconds of delay\\.",
                m -> Told.of(What.RANK_CHANGED).number(m.group(1)).more(m.group(2)));
        form(
                "Currently unable to failover: Waiting the delay before I can start a new failover\\.",
                m -> Told.of(What.WAITS));
        form(
                "Currently unable to failover: Waiting for votes, but majority still not reached\\.",
                m -> Told.of(What.LACKS_VOTES));
        form(
                "Needed quorum: " + N + "\\. Number of votes received so far: " + N,
                m -> Told.of(What.LACKS_VOTES).number(m.group(2)).more(m.group(1)));
        form("Currently unable to failover: Failover attempt expired\\.", m -> Told.of(What.EXPIRED));
        form(
                "Starting a failover election for epoch " + N + "(?:\\.|, node config epoch is [0-9]+\\.?)",
                m -> Told.of(What.ASKS).number(m.group(1)));
        form(
                "Failover auth granted to " + ID + " for epoch " + N,
                m -> Told.of(What.GRANTS).about(m.group(1)).number(m.group(2)));
        form(
                "Failover auth denied to " + ID + "(?: for epoch [0-9]+)?: (.*)",
                m -> Told.of(What.DENIES).about(m.group(1)).more(m.group(2)));
        form("Failover election won: I'm the new " + MASTER + "\\.", m -> Told.of(What.WON));
        form(
                "configEpoch set to " + N + " after successful failover",
                m -> Told.of(What.EPOCH_SET).number(m.group(1)));
        form(
                "Configuration change detected\\. Reconfiguring myself as a replica of (?:node )?" + ID + ".*",
                m -> Told.of(What.FOLLOWS).about(m.group(1)));
        form(
                "I'm a sub-replica! Reconfiguring myself .*?as a replica of grand(?:master|primary) " + ID + ".*",
                m -> Told.of(What.FOLLOWS).about(m.group(1)));
        form(
                "A failover occurred in shard [0-9a-f]{40}; node " + ID + " lost [0-9]+ slot\\(s\\) to node " + ID
                        + " with a config epoch of " + N,
                m -> Told.of(What.SEES_MASTER).about(m.group(2)).number(m.group(3)));
        form(
                "Reconfiguring node " + ID + " as " + MASTER + " for shard [0-9a-f]{40}",
                m -> Told.of(What.SEES_MASTER).about(m.group(1)).number("0"));
        form(
                "Manual failover user request accepted.*",
                m -> Told.of(What.BY_HAND).more("ordinary"));
        form(
                "Forced failover user request accepted.*",
                m -> Told.of(What.BY_HAND).more("force"));
        form(
                "Taking over the " + MASTER + " \\(user request.*\\)\\.",
                m -> Told.of(What.BY_HAND).more("takeover"));
        form(
                "Manual failover requested by replica " + ID + "\\.",
                m -> Told.of(What.BY_HAND_ASKED).about(m.group(1)));
        form(
                "All " + MASTER + " replication stream processed, manual failover can start\\.",
                m -> Told.of(What.CAUGHT_UP));
        form("Manual failover timed out\\.", m -> Told.of(What.BY_HAND_LATE));
        form(
                "Migrating to orphaned " + MASTER + " " + ID,
                m -> Told.of(What.MIGRATES).about(m.group(1)));
        form(
                "Received (SIG[A-Z]+) scheduling shutdown.*",
                m -> Told.of(What.SIGNAL).more(m.group(1)));
        form("User requested shutdown.*", m -> Told.of(What.SIGNAL).more("SHUTDOWN"));
        form(
                "(?:Redis|Valkey) .* crashed by signal: ([0-9]+).*",
                m -> Told.of(What.SIGNAL).more(m.group(1)));
        form("Node configuration loaded, I'm [0-9a-f]{40}", m -> Told.of(What.STARTED));
    }

    private Wording() {}

    private static void form(String pattern, Function<Matcher, Told> reads) {
        FORMS.add(new Form(Pattern.compile(pattern), reads));
    }

    /** Empty when the message has nothing to do with failovers. */
    static Optional<Told> of(String message) {
        for (var form : FORMS) {
            var match = form.pattern().matcher(message);
            if (match.matches()) {
                return Optional.of(form.reads().apply(match));
            }
        }
        return Optional.empty();
    }
}
