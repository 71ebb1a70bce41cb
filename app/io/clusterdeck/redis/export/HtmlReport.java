package io.clusterdeck.redis.export;

import io.clusterdeck.redis.model.Disagreement;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.report.Markup;
import io.clusterdeck.report.Page;
import io.clusterdeck.report.Svg;
import io.clusterdeck.say.Speech;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A snapshot as a report in one HTML file: for an incident, a handover, an audit. */
final class HtmlReport {

    private final Telling t;
    private final Snapshot snapshot;

    private HtmlReport(Snapshot snapshot, Telling t) {
        this.snapshot = snapshot;
        this.t = t;
    }

    static String text(Snapshot snapshot, Speech speech) {
        return new HtmlReport(snapshot, new Telling(snapshot.state(), speech)).text();
    }

    private String text() {
        var state = snapshot.state();
        var beside = new ArrayList<String>();
        beside.add(t.say("export.seen", "at", Telling.time(state.at())) + " · " + t.taken(snapshot.taken()));
        snapshot.taken().what().stream().limit(6).forEach(what -> beside.add(t.speech.say(what)));
        return Page.html(t.speech, state.name(), beside, this::body, t.say("export.foot"));
    }

    private void body(Markup m) {
        m.in("section", this::summary).line();
        if (!snapshot.state().health().isEmpty()) {
            Page.section(m, t.say("export.health"), this::findings);
        }
        Page.section(m, t.say("export.topology"), s -> drawing(s, true));
        Page.section(m, t.say("export.slots"), s -> {
            shards(s);
            s.in("div", d -> drawing(d, false), "style", "margin-top: 16px");
        });
        Page.section(m, t.say("export.nodes"), this::nodes);
        if (!snapshot.state().disagreements().isEmpty()) {
            Page.section(m, t.say("export.disagreements"), this::disagreements);
        }
        config(m);
    }

    private void summary(Markup m) {
        var state = snapshot.state();
        m.in(
                "span",
                v -> {
                    Page.sign(v, t.verdictMark());
                    v.text(t.verdict());
                },
                "class",
                "verdict " + tone(state.verdict()));
        var facts = new ArrayList<>(List.of(
                t.say("export.topology"),
                t.size(),
                t.say("export.slots-served"),
                t.say("export.of", "n", state.served(), "all", SlotRange.SLOTS),
                t.say("export.slots-owned"),
                t.say("export.of", "n", state.owners().covered(), "all", SlotRange.SLOTS),
                t.say("export.epoch-head"),
                Long.toString(state.currentEpoch()),
                t.say("export.version"),
                t.versions().isEmpty() ? "–" : "Redis " + String.join(", ", t.versions())));
        long keys = state.nodes().values().stream()
                .filter(Node::isMaster)
                .mapToLong(n -> Telling.keys(n).orElse(0))
                .sum();
        long memory = state.nodes().values().stream()
                .mapToLong(n -> Telling.number(n, "used_memory").orElse(0))
                .sum();
        facts.addAll(List.of(t.say("export.keys-head"), t.whole(keys), t.say("export.memory"), t.bytes(memory)));
        Page.facts(m, facts.toArray(String[]::new));
    }

    private static String tone(Health verdict) {
        return switch (verdict) {
            case OK -> "ok";
            case WARN -> "warn";
            case FAIL -> "bad";
            case UNKNOWN -> "none";
        };
    }

    private void findings(Markup m) {
        m.in(
                "ul",
                ul -> snapshot.state()
                        .health()
                        .forEach(f -> ul.in("li", li -> {
                                    Page.sign(li, Telling.mark(f.level()));
                                    li.in("div", d -> {
                                        d.in("strong", b -> b.words(t.speech.say(f.title())));
                                        d.in("div", w -> w.words(t.speech.say(f.why())));
                                        d.in("div", n -> n.words(t.speech.say(f.next())), "class", "muted");
                                    });
                                })
                                .line()),
                "class",
                "findings");
    }

    private void drawing(Markup m, boolean topology) {
        if (topology) {
            m.in("div", d -> Svg.within(d, TopologyDrawing.within(t), 2000), "class", "drawing");
        } else {
            m.in("div", d -> Svg.within(d, SlotDrawing.of(snapshot.state(), t.speech), 760), "class", "drawing");
        }
        m.line();
    }

    private void shards(Markup m) {
        var rows = t.serving().stream()
                .map(s -> List.of(
                        t.shardName(t.shard(s.master())),
                        t.name(s.master().id()),
                        t.speech.list(
                                s.replicas().stream().map(r -> t.name(r.id())).toList()),
                        t.whole(s.master().slotCount()),
                        t.share(s.master().slotCount() / (double) SlotRange.SLOTS),
                        t.ranges(s.master().slots())))
                .toList();
        Page.table(
                m,
                List.of(
                        t.say("export.shard-head"),
                        t.say("export.master-head"),
                        t.say("export.replicas-head"),
                        t.say("export.slots"),
                        t.say("export.share-head"),
                        t.say("export.ranges-head")),
                rows,
                List.of(3, 4));
    }

    private void nodes(Markup m) {
        var rows = new ArrayList<List<String>>();
        var nodes = new ArrayList<>(t.state.nodes().values());
        nodes.sort(java.util.Comparator.comparingInt((Node n) -> Math.floorMod(t.shard(n), Integer.MAX_VALUE))
                .thenComparing(n -> !n.isMaster()));
        for (var node : nodes) {
            rows.add(List.of(
                    t.name(node.id()),
                    t.role(node)
                            + node.master()
                                    .map(master -> " → " + t.name(master))
                                    .orElse(""),
                    t.place(node),
                    "⟪" + code(node.address().toString()) + "⟫",
                    t.stateOf(node),
                    whole(Telling.keys(node)),
                    memory(node),
                    Long.toString(node.epoch()),
                    node.info().map(NodeInfo::version).orElse(""),
                    "⟪" + code(node.id().brief()) + "⟫"));
        }
        Page.table(
                m,
                List.of(
                        t.say("export.node"),
                        t.say("export.role"),
                        t.say("export.host"),
                        t.say("export.address"),
                        t.say("export.state"),
                        t.say("export.keys-head"),
                        t.say("export.memory"),
                        t.say("export.epoch-head"),
                        t.say("export.version"),
                        "id"),
                rows,
                List.of(5, 6, 7));
    }

    /** A name of somebody's cannot end our emphasis. */
    private static String code(String text) {
        return io.clusterdeck.report.Plain.words(text);
    }

    private String whole(OptionalLong n) {
        return n.isPresent() ? t.whole(n.getAsLong()) : "";
    }

    private String memory(Node node) {
        var memory = Telling.number(node, "used_memory");
        return memory.isPresent() ? t.bytes(memory.getAsLong()) : "";
    }

    private void disagreements(Markup m) {
        var rows = snapshot.state().disagreements().stream()
                .map(d -> List.of(about(d), d.aspect(), says(d.says())))
                .toList();
        Page.table(
                m, List.of(t.say("export.about"), t.say("export.aspect"), t.say("export.who-says")), rows, List.of());
    }

    private String about(Disagreement d) {
        var id = new NodeId(d.about());
        return t.state.nodes().containsKey(id) ? t.name(id) : d.about();
    }

    private String says(Map<NodeId, String> says) {
        var byText = says.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        TreeMap::new,
                        Collectors.mapping(e -> t.name(e.getKey()), Collectors.joining(", "))));
        return byText.entrySet().stream()
                .map(e -> e.getValue() + ": " + e.getKey())
                .collect(Collectors.joining("; "));
    }

    /** What all have alike, folded; what differs, open. */
    private void config(Markup m) {
        var common = SnapshotJson.common(snapshot.state());
        var differing = new ArrayList<List<String>>();
        for (var node : snapshot.state().nodes().values()) {
            Snapshot.config(node).forEach((name, value) -> {
                if (!value.equals(common.get(name))) {
                    differing.add(List.of("⟪" + code(name) + "⟫", t.name(node.id()), "⟪" + code(value) + "⟫"));
                }
            });
        }
        if (common.isEmpty() && differing.isEmpty()) {
            return;
        }
        differing.sort(java.util.Comparator.comparing(List::getFirst));
        Page.section(m, t.say("export.config"), s -> {
            if (!differing.isEmpty()) {
                s.leaf("p", t.say("export.config.differs"));
                Page.table(
                        s,
                        List.of(t.say("export.directive"), t.say("export.node"), t.say("export.value")),
                        differing,
                        List.of());
            }
            s.in(
                    "details",
                    d -> {
                        d.leaf("summary", t.say("export.config.common", "n", common.size()));
                        Page.table(
                                d,
                                List.of(t.say("export.directive"), t.say("export.value")),
                                common.entrySet().stream()
                                        .map(e -> List.of("⟪" + code(e.getKey()) + "⟫", "⟪" + code(e.getValue()) + "⟫"))
                                        .toList(),
                                List.of());
                    },
                    "style",
                    "margin-top: 12px");
        });
    }
}
