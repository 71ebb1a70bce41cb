package io.clusterdeck.redis.export;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.report.Ink;
import io.clusterdeck.report.Inks;
import io.clusterdeck.report.Plain;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The shards as a Mermaid flowchart, which GitHub, GitLab and many wikis draw. Labels are quoted, and every character in them that is not a
 * letter, a digit or plain punctuation is written by its number: https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters.
 * Of a cluster that is too large to be drawn by those ({@code maxTextSize}, {@code maxEdges} at https://mermaid.js.org/config/schema-docs/config.html)
 * each shard is one box.
 */
final class Mermaid {

    /** Characters and arrows beyond which nothing is drawn. */
    private static final int LONGEST = 50_000;

    private static final int MOST_ARROWS = 500;

    private static final String PLAIN = " .,:-–_/()@+*%=、，。：（）";

    private final Telling t;
    private final Predicate<NodeId> marked;
    private final Map<NodeId, String> names = new HashMap<>();

    private Mermaid(Telling t, Predicate<NodeId> marked) {
        this.t = t;
        this.marked = marked;
    }

    static String text(Telling t) {
        return text(t, node -> false);
    }

    /** @param marked which nodes are marked with {@code ≠} */
    static String text(Telling told, Predicate<NodeId> marked) {
        var mermaid = new Mermaid(told, marked);
        long arrows =
                told.state.nodes().values().stream().filter(n -> !n.isMaster()).count();
        var whole = arrows < MOST_ARROWS ? mermaid.text() : "";
        if (!whole.isEmpty() && whole.length() < LONGEST) {
            return whole;
        }
        var folded = mermaid.folded(true);
        return folded.length() < LONGEST ? folded : mermaid.folded(false);
    }

    /** A box a shard, with its slots and how many replicas it has, or with its master alone. */
    private String folded(boolean told) {
        var text = new StringBuilder("flowchart LR\n");
        for (int i = 0; i < t.shards.size(); i++) {
            var shard = t.shards.get(i);
            boolean mark = marked.test(shard.master().id())
                    || shard.replicas().stream().map(Node::id).anyMatch(marked);
            text.append("  s").append(i).append("[\"").append(mark ? escaped("≠ ") : "");
            text.append(escaped(t.name(shard.master().id())));
            if (told) {
                text.append(" +").append(shard.replicas().size()).append("<br/>");
                text.append(escaped(t.trouble(shard.master()).orElseGet(() -> t.rangesBrief(shard.master()))));
            }
            text.append("\"]\n");
        }
        return text.toString();
    }

    private String text() {
        for (var id : t.state.nodes().keySet()) {
            names.put(id, "n" + names.size());
        }
        var text = new StringBuilder("flowchart LR\n");
        for (int i = 0; i < t.shards.size(); i++) {
            var shard = t.shards.get(i);
            if (shard.master().slots().isEmpty() && shard.replicas().isEmpty()) {
                node(text.append("  "), shard.master());
                continue;
            }
            text.append("  subgraph s").append(i).append(" [\"");
            text.append(escaped(
                    shard.master().slots().isEmpty()
                            ? t.say("export.idle")
                            : t.shardName(t.shard(shard.master())) + "  " + t.rangesBrief(shard.master())));
            text.append("\"]\n");
            node(text.append("    "), shard.master());
            for (var replica : shard.replicas()) {
                node(text.append("    "), replica);
            }
            text.append("  end\n");
        }
        for (Node node : t.state.nodes().values()) {
            var master = node.master().map(names::get);
            if (master.isPresent()) {
                text.append("  ").append(names.get(node.id()));
                text.append(node.linkUp() ? " --> " : " -.-> ")
                        .append(master.get())
                        .append('\n');
            } else if (node.master().isPresent()) {
                node(text.append("  "), node);
            }
        }
        styles(text);
        return text.toString();
    }

    private void node(StringBuilder text, Node node) {
        text.append(names.get(node.id())).append(node.isMaster() ? "[\"" : "([\"");
        text.append(marked.test(node.id()) ? escaped("≠ ") : "");
        text.append(escaped(t.name(node.id()))).append(' ').append(escaped(t.role(node)));
        text.append("<br/>").append(escaped(t.trouble(node).orElseGet(() -> t.place(node))));
        text.append(node.isMaster() ? "\"]\n" : "\"])\n");
    }

    private void styles(StringBuilder text) {
        for (Node node : t.state.nodes().values()) {
            var colour = t.trouble(node).isPresent() ? Inks.LIGHT.of(Ink.BAD) : Inks.LIGHT.of(Ink.shard(t.shard(node)));
            text.append("  style ")
                    .append(names.get(node.id()))
                    .append(" stroke:")
                    .append(colour);
            text.append(node.isMaster() ? ",stroke-width:2px\n" : "\n");
        }
    }

    static String escaped(String label) {
        var safe = new StringBuilder();
        Plain.line(label).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0) {
                safe.appendCodePoint(c);
            } else {
                safe.append('#').append(c).append(';');
            }
        });
        // a label must not begin with what looks like a list or a heading of Markdown
        return safe.toString().matches("(\\d+\\.|[-*+]) .*") ? "#8203;" + safe : safe.toString();
    }
}
