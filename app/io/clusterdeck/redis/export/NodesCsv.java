package io.clusterdeck.redis.export;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.report.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The nodes as comma-separated values (RFC 4180), the same columns in every language. A text that a spreadsheet would take for a formula
 * begins with an apostrophe.
 */
final class NodesCsv {

    private static final List<String> HEADS = List.of(
            "id",
            "host",
            "address",
            "port",
            "bus_port",
            "role",
            "master_id",
            "slots",
            "slot_count",
            "flags",
            "contact",
            "epoch",
            "version",
            "keys",
            "used_memory",
            "offset");

    private NodesCsv() {}

    static String text(ClusterState state) {
        var text = new StringBuilder(String.join(",", HEADS)).append("\r\n");
        for (var node : state.nodes().values()) {
            text.append(line(node)).append("\r\n");
        }
        return text.toString();
    }

    private static String line(Node node) {
        var cells = new ArrayList<String>();
        cells.add(text(node.id().value()));
        cells.add(text(node.host().map(Object::toString).orElse("")));
        cells.add(text(node.address().host()));
        cells.add(Integer.toString(node.address().port()));
        cells.add(Integer.toString(node.address().busPort()));
        cells.add(node.isMaster() ? "master" : "replica");
        cells.add(text(node.master().map(NodeId::value).orElse("")));
        cells.add(text(node.slots().stream().map(NodesCsv::range).collect(Collectors.joining(" "))));
        cells.add(Integer.toString(node.slotCount()));
        cells.add(text(node.flags().stream().map(Flag::word).sorted().collect(Collectors.joining(" "))));
        cells.add(SnapshotJson.word(node.contact()));
        cells.add(Long.toString(node.epoch()));
        cells.add(text(node.info().map(NodeInfo::version).orElse("")));
        cells.add(number(Telling.keys(node)));
        cells.add(number(Telling.number(node, "used_memory")));
        cells.add(number(Telling.number(node, node.isMaster() ? "master_repl_offset" : "slave_repl_offset")));
        return String.join(",", cells);
    }

    private static String range(SlotRange range) {
        return range.from() == range.to() ? Integer.toString(range.from()) : range.from() + "-" + range.to();
    }

    private static String number(OptionalLong n) {
        return n.isPresent() ? Long.toString(n.getAsLong()) : "";
    }

    static String text(String value) {
        var line = Plain.line(value);
        boolean formula = !line.isEmpty() && "=+-@".indexOf(line.charAt(0)) >= 0;
        var safe = formula ? "'" + line : line;
        return safe.contains(",") || safe.contains("\"") || !safe.strip().equals(safe)
                ? "\"" + safe.replace("\"", "\"\"") + "\""
                : safe;
    }
}
