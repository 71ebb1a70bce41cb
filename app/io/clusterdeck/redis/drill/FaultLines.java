package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.drill.Fault.Way;
import io.clusterdeck.redis.nodes.Later;
import io.clusterdeck.ssh.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * What {@code fault.sh} does, as lines that a person may type as root on the host: by iptables, which also stands on nft today. The names
 * are those of the script, so that each takes away what the other made.
 *
 * @param mark names the fault
 * @param way as the host sees it
 * @param loss percent of the packets
 * @param seconds after which it goes by itself
 * @param pairs as the script takes them
 */
record FaultLines(String mark, Way way, int loss, long seconds, List<String> pairs) {

    private enum Hook {
        INPUT("_i"),
        OUTPUT("_o");

        private final String end;

        Hook(String end) {
            this.end = end;
        }
    }

    private String chain(Hook hook) {
        return "CD_" + mark + hook.end;
    }

    /** Loses the packets; what mends it is set before the first is lost, and outlives the terminal in which this is typed. */
    String breaks() {
        var all = new ArrayList<String>();
        all.add(Later.line(Long.toString(seconds), mends()) + " true");
        chains((tool, hook) -> all.add("%1$s -N %2$s && %1$s -I %3$s -j %2$s".formatted(tool, chain(hook), hook)));
        for (var pair : pairs) {
            hooks().forEach(hook -> all.addAll(rules(hook, pair)));
        }
        return String.join(" && ", all);
    }

    private void chains(BiConsumer<String, Hook> each) {
        pairs.stream()
                .map(FaultLines::tool)
                .distinct()
                .forEach(tool -> hooks().forEach(hook -> each.accept(tool, hook)));
    }

    private List<Hook> hooks() {
        return switch (way) {
            case IN -> List.of(Hook.INPUT);
            case OUT -> List.of(Hook.OUTPUT);
            case BOTH -> List.of(Hook.values());
        };
    }

    /** It waits while somebody else holds the lock of the rules. */
    private static String tool(String pair) {
        return pair.substring(0, pair.indexOf(' ')).contains(":") ? "ip6tables -w" : "iptables -w";
    }

    /** Packets to the ports of who is called, and the answers from there, in one direction. */
    private List<String> rules(Hook hook, String pair) {
        var words = Stream.of(pair.split(" ", -1)).map(Quote::word).toList();
        boolean in = hook == Hook.INPUT;
        var from = in ? words.get(2) : words.get(0);
        var to = in ? words.get(0) : words.get(2);
        var theirs = in ? words.get(3) : words.get(1);
        var own = in ? words.get(1) : words.get(3);
        var share = loss >= 100
                ? ""
                : String.format(Locale.ROOT, " -m statistic --mode random --probability %.2f", loss / 100.0);
        var rule = "%s -A %s -p tcp -s %s -d %s -m multiport --%s %s%s -j DROP";
        return List.of(
                rule.formatted(tool(pair), chain(hook), from, to, "dports", own, share),
                rule.formatted(tool(pair), chain(hook), from, to, "sports", theirs, share));
    }

    /** Takes the rules away, by whichever tool they were made. The timer stays: it finds nothing more to do. */
    String mends() {
        var all = new StringJoiner("; ", "{ ", "; }");
        chains((tool, hook) ->
                all.add("%1$s -D %3$s -j %2$s; %1$s -F %2$s; %1$s -X %2$s".formatted(tool, chain(hook), hook)));
        return "nft delete table inet clusterdeck_%s 2>/dev/null || %s".formatted(mark, all);
    }
}
