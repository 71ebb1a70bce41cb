package io.clusterdeck.redis.export;

import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.report.Markdown;
import io.clusterdeck.say.Speech;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A report in GitHub's Markdown: what there is to know, the shards as a Mermaid drawing, the nodes as a table. */
final class MarkdownReport {

    private final Telling t;
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport(Telling t) {
        this.t = t;
    }

    static String text(Snapshot snapshot, Speech speech) {
        var report = new MarkdownReport(new Telling(snapshot.state(), speech));
        report.write(snapshot);
        return report.out.toString();
    }

    private void write(Snapshot snapshot) {
        var state = snapshot.state();
        out.append("# ").append(Markdown.escaped(state.name())).append("\n\n");
        out.append("**").append(Markdown.escaped(t.verdict())).append("** · ");
        out.append(Markdown.escaped(t.say("export.seen", "at", Telling.time(state.at()))))
                .append(" · ");
        out.append(Markdown.escaped(t.taken(snapshot.taken()))).append("\n\n");
        fact(t.size());
        if (!t.versions().isEmpty()) {
            fact("Redis " + String.join(", ", t.versions()));
        }
        fact(t.slots());
        fact(t.say("export.epoch", "n", Long.toString(state.currentEpoch())));
        snapshot.taken().what().forEach(what -> fact(t.speech.say(what)));
        if (!state.health().isEmpty()) {
            heading("export.health");
            state.health().forEach(this::finding);
        }
        heading("export.topology");
        out.append("```mermaid\n").append(Mermaid.text(t)).append("```\n");
        heading("export.nodes");
        nodes();
        var common = SnapshotJson.common(state);
        if (!common.isEmpty()) {
            heading("export.config");
            row(List.of(t.say("export.directive"), t.say("export.value")));
            out.append("|---|---|\n");
            common.forEach((name, value) -> row(List.of(name, value)));
        }
        out.append("\n").append(Markdown.escaped(t.say("export.foot"))).append('\n');
    }

    private void heading(String key) {
        out.append("\n## ").append(Markdown.escaped(t.say(key))).append("\n\n");
    }

    private void fact(String fact) {
        out.append("- ").append(Markdown.escaped(fact)).append('\n');
    }

    private void finding(Finding f) {
        out.append("- **").append(Markdown.escaped(t.speech.say(f.title()))).append("** ");
        out.append(Markdown.escaped(t.speech.say(f.why()))).append(' ');
        out.append(Markdown.escaped(t.speech.say(f.next()))).append('\n');
    }

    private void nodes() {
        row(List.of(
                t.say("export.node"),
                t.say("export.role"),
                t.say("export.host"),
                t.say("export.address"),
                t.say("export.state"),
                t.say("export.slots"),
                t.say("export.keys-head"),
                t.say("export.memory"),
                t.say("export.epoch-head"),
                t.say("export.version"),
                "id"));
        out.append("|---|---|---|---|---|---|--:|--:|--:|---|---|\n");
        for (var shard : t.shards) {
            row(shard.master());
            shard.replicas().forEach(this::row);
        }
        t.state.nodes().values().stream()
                .filter(n -> n.master().isPresent()
                        && t.shards.stream().noneMatch(s -> s.replicas().contains(n)))
                .forEach(this::row);
    }

    private void row(io.clusterdeck.redis.model.Node node) {
        var memory = Telling.number(node, "used_memory");
        row(List.of(
                t.name(node.id()),
                t.role(node),
                t.place(node),
                node.address().toString(),
                t.stateOf(node),
                node.isMaster()
                        ? t.rangesBrief(node)
                        : node.master().map(m -> "→ " + t.name(m)).orElse(""),
                whole(Telling.keys(node)),
                memory.isPresent() ? t.bytes(memory.getAsLong()) : "",
                Long.toString(node.epoch()),
                node.info().map(NodeInfo::version).orElse(""),
                node.id().value()));
    }

    private String whole(OptionalLong n) {
        return n.isPresent() ? t.whole(n.getAsLong()) : "";
    }

    private void row(List<String> cells) {
        out.append(cells.stream().map(Markdown::escaped).collect(Collectors.joining(" | ", "| ", " |\n")));
    }
}
