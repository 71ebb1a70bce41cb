package io.clusterdeck.redis.create;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.SlotRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** A cluster to be, of servers that run: masters first. Kept in the journal as lines of text. */
record Draft(List<Planned> nodes) {

    /**
     * Up to here every node may MEET every other, and a lowered node-timeout is safe. Measured on two busy cores: 24 nodes in 1.9 s and 32
     * in 5.9 s against 35 s for 20 nodes in waves; with 100 nodes a mesh took 37 s, and a lowered timeout hung replies for 20 s.
     */
    static final int SMALL = 32;

    /**
     * Milliseconds, while nothing is served yet. A master that has just seen its cluster waits node-timeout, clamped to 0.5 to 5 s, before
     * it serves (clusterUpdateState); much lower, and a busy machine suspects its own nodes.
     */
    static final int HURRIED = 700;

    /**
     * @param master empty for a master
     * @param slots of a master
     * @param timeout its own cluster-node-timeout, where that is lowered meanwhile
     * @param delay its own repl-diskless-sync-delay (seconds), where that is set to 0 meanwhile
     */
    record Planned(
            NodeId id,
            NodeAddress at,
            Optional<NodeId> master,
            Optional<SlotRange> slots,
            OptionalInt timeout,
            OptionalInt delay) {

        boolean tuned() {
            return timeout.isPresent() || delay.isPresent();
        }
    }

    Draft {
        nodes = List.copyOf(nodes);
    }

    List<Planned> masters() {
        return nodes.stream().filter(n -> n.master().isEmpty()).toList();
    }

    List<Planned> replicas() {
        return nodes.stream().filter(n -> n.master().isPresent()).toList();
    }

    List<Planned> tuned() {
        return nodes.stream().filter(Planned::tuned).toList();
    }

    Set<NodeId> ids() {
        return nodes.stream().map(Planned::id).collect(Collectors.toSet());
    }

    List<NodeAddress> addresses() {
        return nodes.stream().map(Planned::at).toList();
    }

    boolean small() {
        return nodes.size() <= SMALL;
    }

    /** A configuration epoch of its own for each node, so that no two ever claim the same. */
    int epoch(Planned node) {
        return nodes.indexOf(node) + 1;
    }

    String text() {
        return nodes.stream()
                .map(n -> String.join(
                        " ",
                        n.id().value(),
                        n.at().host(),
                        Integer.toString(n.at().port()),
                        Integer.toString(n.at().busPort()),
                        n.master().map(NodeId::value).orElse("-"),
                        n.slots().map(s -> s.from() + "-" + s.to()).orElse("-"),
                        number(n.timeout()),
                        number(n.delay())))
                .collect(Collectors.joining("\n"));
    }

    static Draft of(String text) {
        var nodes = new ArrayList<Planned>();
        for (var line : text.lines().toList()) {
            var w = line.split(" ");
            nodes.add(new Planned(
                    new NodeId(w[0]),
                    new NodeAddress(w[1], Integer.parseInt(w[2]), Integer.parseInt(w[3])),
                    w[4].equals("-") ? Optional.empty() : Optional.of(new NodeId(w[4])),
                    w[5].equals("-") ? Optional.empty() : Optional.of(range(w[5])),
                    number(w[6]),
                    number(w[7])));
        }
        return new Draft(nodes);
    }

    private static SlotRange range(String text) {
        var ends = text.split("-");
        return new SlotRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }

    private static String number(OptionalInt n) {
        return n.isPresent() ? Integer.toString(n.getAsInt()) : "-";
    }

    private static OptionalInt number(String text) {
        return text.equals("-") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    }
}
