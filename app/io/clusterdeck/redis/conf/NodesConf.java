package io.clusterdeck.redis.conf;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A cluster's nodes.conf ({@code clusterSaveConfig} and {@code clusterLoadConfig} in cluster.c). Written before the first start it spares
 * the whole joining: the nodes wake up as a cluster. Slots on their way between nodes are not held here.
 *
 * @param rows every node, in the same order in every node's file
 */
public record NodesConf(List<Row> rows, long currentEpoch, long lastVoteEpoch) {

    /**
     * One node.
     *
     * @param epoch its configuration epoch; a replica's line shows its master's
     */
    public record Row(
            NodeId id, NodeAddress address, Role role, Optional<NodeId> master, long epoch, List<SlotRange> slots) {}

    public NodesConf {
        rows = List.copyOf(rows);
    }

    /** The file of one node. */
    public String text(NodeId self) {
        return rows.stream().map(r -> line(r, r.id().equals(self))).collect(Collectors.joining()) + "vars currentEpoch "
                + currentEpoch + " lastVoteEpoch " + lastVoteEpoch + "\n";
    }

    private static String line(Row r, boolean self) {
        var flags = (self ? "myself," : "") + (r.role() == Role.MASTER ? "master" : "slave");
        var slots = r.slots().stream()
                .map(s -> s.from() == s.to() ? " " + s.from() : " " + s.from() + "-" + s.to())
                .collect(Collectors.joining());
        return "%s %s:%d@%d %s %s 0 0 %d connected%s\n"
                .formatted(
                        r.id(),
                        r.address().host(),
                        r.address().port(),
                        r.address().busPort(),
                        flags,
                        r.master().map(NodeId::value).orElse("-"),
                        r.epoch(),
                        slots);
    }

    /** The id of the node whose file this is, or nothing where it is not a nodes.conf. */
    public static Optional<NodeId> self(String text) {
        return lines(text)
                .filter(w -> w.length >= 8 && Arrays.asList(w[2].split(",")).contains("myself"))
                .map(w -> new NodeId(w[0]))
                .findFirst();
    }

    /** Reads a file back; lines that are not understood make it nothing. */
    public static Optional<NodesConf> read(String text) {
        var rows = new ArrayList<Row>();
        long[] epochs = {0, 0};
        try {
            for (var words : lines(text).toList()) {
                if (words[0].equalsIgnoreCase("vars")) {
                    for (int i = 1; i + 1 < words.length; i += 2) {
                        epochs[words[i].equals("currentEpoch") ? 0 : 1] = Long.parseLong(words[i + 1]);
                    }
                } else {
                    rows.add(row(words));
                }
            }
        } catch (NumberFormatException | IndexOutOfBoundsException notThisFormat) {
            return Optional.empty();
        }
        return Optional.of(new NodesConf(rows, epochs[0], epochs[1]));
    }

    private static java.util.stream.Stream<String[]> lines(String text) {
        return text.lines().filter(l -> !l.isBlank()).map(l -> l.strip().split(" +"));
    }

    private static Row row(String[] words) {
        var address = words[1].split(",", 2)[0]; // 7.0 and later: ,hostname,key=value
        int colon = address.lastIndexOf(':');
        var ports = address.substring(colon + 1).split("@");
        int port = Integer.parseInt(ports[0]);
        var slots = Arrays.stream(words)
                .skip(8)
                .filter(w -> !w.startsWith("["))
                .map(w -> w.split("-"))
                .map(s -> new SlotRange(Integer.parseInt(s[0]), Integer.parseInt(s[s.length - 1])))
                .toList();
        return new Row(
                new NodeId(words[0]),
                new NodeAddress(
                        address.substring(0, colon),
                        port,
                        ports.length > 1 ? Integer.parseInt(ports[1]) : port + 10_000),
                Arrays.asList(words[2].split(",")).contains("slave") ? Role.REPLICA : Role.MASTER,
                words[3].equals("-") ? Optional.empty() : Optional.of(new NodeId(words[3])),
                Long.parseLong(words[6]),
                slots);
    }
}
