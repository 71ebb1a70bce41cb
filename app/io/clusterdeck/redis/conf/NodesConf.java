package io.clusterdeck.redis.conf;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotRange;
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

    /** The file of one node; without one the lines that all of them share. */
    public String text(Optional<NodeId> self) {
        return rows.stream()
                        .map(r -> line(r, self.filter(r.id()::equals).isPresent()))
                        .collect(Collectors.joining()) + "vars currentEpoch "
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
}
