package io.clusterdeck.redis.model;

import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads CLUSTER NODES, and nodes.conf, which has the same lines.
 *
 * <p>One line per node (clusterGenNodeDescription in cluster.c):
 * {@code ID IP:PORT@BUSPORT[,HOSTNAME[,KEY=VALUE …]] FLAGS MASTER|- PINGSENT PONGRECEIVED EPOCH LINK [SLOT|FROM-TO|[SLOT->-TO]|[SLOT-<-FROM] …]}.
 * The hostname came with 7.0, the fields after it with 7.2. Before 4.0 there was no {@code @BUSPORT}. A node that does not know its own
 * address yet writes none. nodes.conf ends with a line {@code vars currentEpoch N lastVoteEpoch M}, which is no node.
 */
public final class ClusterNodesParser {

    private static final Map<String, Flag> FLAGS = new HashMap<>();

    static {
        for (var flag : Flag.values()) {
            FLAGS.put(flag.word(), flag);
        }
    }

    private ClusterNodesParser() {}

    /** Every line, in the order of the reply. */
    public static List<NodeRow> parse(String reply) throws UnexpectedOutput {
        var rows = new ArrayList<NodeRow>();
        int at = 0;
        while (at < reply.length()) {
            int end = reply.indexOf('\n', at);
            if (end < 0) {
                end = reply.length();
            }
            var line = reply.substring(at, end).strip();
            if (!line.isEmpty() && !line.startsWith("vars ")) {
                rows.add(row(line));
            }
            at = end + 1;
        }
        return rows;
    }

    private static NodeRow row(String line) throws UnexpectedOutput {
        try {
            var words = new Words(line);
            var id = new NodeId(words.next());
            var address = words.next();
            var flags = flags(words.next());
            var master = words.next();
            long pingSent = Long.parseLong(words.next());
            long pongReceived = Long.parseLong(words.next());
            long epoch = Long.parseLong(words.next());
            boolean linkUp = words.next().equals("connected");
            var slots = new Slots();
            while (words.more()) {
                slots.add(words.next());
            }
            int comma = address.indexOf(',');
            var where = comma < 0 ? address : address.substring(0, comma);
            var names = comma < 0 ? "" : address.substring(comma + 1);
            return new NodeRow(
                    id,
                    address(where),
                    hostname(names),
                    aux(names),
                    flags,
                    master.equals("-") ? Optional.empty() : Optional.of(new NodeId(master)),
                    pingSent,
                    pongReceived,
                    epoch,
                    linkUp,
                    List.copyOf(slots.ranges),
                    Map.copyOf(slots.migrating),
                    Map.copyOf(slots.importing));
        } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
            throw new UnexpectedOutput(
                    Say.of("watch.cluster-nodes-line", "line", line), Say.of("watch.cluster-nodes-line.next"), broken);
        }
    }

    private static NodeAddress address(String text) {
        int at = text.indexOf('@');
        var address = at < 0 ? text : text.substring(0, at);
        int colon = address.lastIndexOf(':');
        int port = Integer.parseInt(address.substring(colon + 1));
        int bus = at < 0 ? port + 10_000 : Integer.parseInt(text.substring(at + 1));
        return new NodeAddress(address.substring(0, colon), port, bus);
    }

    private static String hostname(String names) {
        int comma = names.indexOf(',');
        var first = comma < 0 ? names : names.substring(0, comma);
        return first.contains("=") ? "" : first;
    }

    private static Map<String, String> aux(String names) {
        if (names.indexOf('=') < 0) {
            return Map.of();
        }
        var aux = new LinkedHashMap<String, String>();
        for (var field : names.split(",")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                aux.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        return Map.copyOf(aux);
    }

    private static Set<Flag> flags(String words) {
        var flags = EnumSet.noneOf(Flag.class);
        int at = 0;
        while (at <= words.length()) {
            int end = words.indexOf(',', at);
            if (end < 0) {
                end = words.length();
            }
            var flag = FLAGS.get(words.substring(at, end));
            if (flag != null) {
                flags.add(flag);
            }
            at = end + 1;
        }
        return java.util.Collections.unmodifiableSet(flags);
    }

    /** The words of a line, one after the other. */
    private static final class Words {
        private final String line;
        private int at;

        Words(String line) {
            this.line = line;
        }

        boolean more() {
            return at < line.length();
        }

        String next() {
            int end = line.indexOf(' ', at);
            if (end < 0) {
                end = line.length();
            }
            var word = line.substring(at, end);
            if (word.isEmpty()) {
                throw new IllegalArgumentException("a word is missing");
            }
            at = end + 1;
            return word;
        }
    }

    private static final class Slots {
        private final List<SlotRange> ranges = new ArrayList<>();
        private final Map<Integer, NodeId> migrating = new HashMap<>();
        private final Map<Integer, NodeId> importing = new HashMap<>();

        void add(String word) {
            if (word.startsWith("[")) {
                int out = word.indexOf("->-");
                int dash = out < 0 ? word.indexOf("-<-") : out;
                int slot = slot(word.substring(1, dash));
                var other = new NodeId(word.substring(dash + 3, word.length() - 1));
                (out < 0 ? importing : migrating).put(slot, other);
                return;
            }
            int dash = word.indexOf('-');
            int from = slot(dash < 0 ? word : word.substring(0, dash));
            ranges.add(new SlotRange(from, dash < 0 ? from : slot(word.substring(dash + 1))));
        }

        private static int slot(String digits) {
            int slot = Integer.parseInt(digits);
            if (slot < 0 || slot >= SlotRange.SLOTS) {
                throw new IllegalArgumentException("slot " + slot);
            }
            return slot;
        }
    }
}
