package io.clusterdeck.redis.export;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.report.Ink;
import io.clusterdeck.report.Inks;
import io.clusterdeck.report.Plain;
import io.clusterdeck.say.Speech;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cluster as a graph for Graphviz: a box for each host, an arrow from each replica to its master. The language:
 * https://graphviz.org/doc/info/lang.html. Every text is a quoted string, in which only the quote and the backslash mean anything.
 */
final class DotGraph {

    private DotGraph() {}

    static String text(ClusterState state, Speech speech) {
        var t = new Telling(state, speech);
        var dot = new StringBuilder();
        var title = t.say("export.title.topology", "name", state.name(), "at", Telling.time(state.at()));
        dot.append("digraph cluster {\n");
        dot.append("  graph [label=").append(quoted(title)).append(", labelloc=t, fontname=\"Helvetica\", rankdir=LR,");
        dot.append(" nodesep=0.3, ranksep=1.1];\n");
        dot.append(
                "  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=11, penwidth=1.5];\n");
        dot.append("  edge [color=\"#59636e\", arrowsize=0.7];\n");
        var names = names(state);
        var hosts = new TreeMap<String, StringBuilder>();
        for (Node node : state.nodes().values()) {
            hosts.computeIfAbsent(t.place(node), h -> new StringBuilder())
                    .append("    ")
                    .append(names.get(node.id()))
                    .append(attributes(t, node));
        }
        int n = 0;
        for (var host : hosts.entrySet()) {
            dot.append("  subgraph cluster_").append(n++).append(" {\n");
            dot.append("    label=").append(quoted(host.getKey()));
            dot.append("; style=rounded; color=\"#d1d9e0\"; fontsize=12;\n");
            dot.append(host.getValue()).append("  }\n");
        }
        for (Node node : state.nodes().values()) {
            var master = node.master().map(names::get);
            if (master.isPresent()) {
                dot.append("  ").append(names.get(node.id())).append(" -> ").append(master.get());
                dot.append(node.linkUp() ? ";\n" : " [style=dashed, color=\"#cf222e\"];\n");
            }
        }
        return dot.append("}\n").toString();
    }

    private static Map<NodeId, String> names(ClusterState state) {
        var names = new HashMap<NodeId, String>();
        for (var id : state.nodes().keySet()) {
            names.put(id, "n" + names.size());
        }
        return names;
    }

    private static String attributes(Telling t, Node node) {
        var lines = new StringBuilder(t.name(node.id()) + "  " + t.role(node));
        if (!node.slots().isEmpty()) {
            lines.append('\n').append(t.rangesBrief(node));
        }
        t.trouble(node).ifPresent(trouble -> lines.append('\n').append(trouble));
        int shard = t.shard(node);
        var line = t.trouble(node).isPresent() ? Inks.LIGHT.of(Ink.BAD) : Inks.LIGHT.of(Ink.shard(shard));
        // the shard's colour, pale
        var fill = node.isMaster() && shard >= 0 ? Inks.LIGHT.of(Ink.shard(shard)) + "33" : "#ffffff";
        return " [label=" + quoted(lines.toString()) + ", tooltip="
                + quoted(node.id().value()) + ", color=\"" + line + "\", fillcolor=\"" + fill + "\"];\n";
    }

    /** Line feeds become {@code \n}, which Graphviz centres; other escapes of its cannot come about, since each backslash is doubled. */
    static String quoted(String text) {
        var safe = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> safe.append("\\\"");
                case '\\' -> safe.append("\\\\");
                case '\n' -> safe.append("\\n");
                // Graphviz reads HTML entities in labels
                case '&' -> safe.append("&amp;");
                default -> safe.appendCodePoint(Plain.allowed(c) && c != '\t' ? c : 0xfffd);
            }
        });
        return safe.append('"').toString();
    }
}
