package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.probe.Measured;
import io.clusterdeck.redis.timeline.Brief;
import io.clusterdeck.report.Markdown;
import io.clusterdeck.report.MarkdownTable;
import io.clusterdeck.report.Markup;
import io.clusterdeck.report.Page;
import io.clusterdeck.report.Shape;
import io.clusterdeck.report.Svg;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Speech;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A drill's result for people: one HTML file, or Markdown. Both say the same. */
public final class DrillReport {
    /** More lost writes than these are counted, not named; the JSON names them all. */
    private static final int NAMED = 200;

    /** Pixels. */
    private static final double WIDTH = 1040;

    private final DrillResult result;
    private final Speech speech;

    public DrillReport(DrillResult result, Speech speech) {
        this.result = result;
        this.speech = speech;
    }

    private String say(Say say) {
        return speech.say(say);
    }

    public String html() {
        var m = result.measured();
        var title = say(
                Say.of("drill.report.title", "drill", DrillWords.title(result.drill()), "cluster", result.cluster()));
        return Page.html(
                speech,
                title,
                List.of(
                        say(Say.of("drill.report.when", "at", m.began().toString(), "t", m.took())),
                        say(Say.of("drill.report.id", "id", result.id()))),
                this::body,
                say(Say.of("drill.report.foot")));
    }

    private void body(Markup page) {
        page.in(
                "p",
                p -> {
                    Page.sign(p, result.passed() ? Shape.Mark.OK : Shape.Mark.BAD);
                    p.words(" " + say(DrillWords.verdict(result)));
                },
                "class",
                "verdict " + (result.passed() ? "ok" : "bad"));
        page.in("p", p -> p.words(say(DrillWords.foreseen(result))));
        DrillWords.beside(result).forEach(l -> page.in("p", p -> p.words(say(l))));
        Page.section(page, say(Say.of("drill.report.shards")), s -> {
            s.in("div", d -> Svg.within(d, DrillDrawing.within(result, speech), WIDTH), "class", "drawing");
            s.in("p", p -> p.words(say(Say.of("drill.report.legend"))), "class", "muted legend");
            Page.table(s, shardHeads(), shards(), List.of(1, 3, 4, 5, 6));
        });
        Page.section(
                page,
                say(Say.of("drill.report.timeline")),
                s -> Page.table(
                        s,
                        List.of(say(Say.of("drill.report.at")), say(Say.of("drill.report.what"))),
                        marks(),
                        List.of(0)));
        briefs().forEach(b -> b.html(page));
        if (!errors().isEmpty()) {
            Page.section(
                    page,
                    say(Say.of("drill.report.errors")),
                    s -> Page.table(
                            s,
                            List.of(
                                    say(Say.of("drill.report.shard")),
                                    say(Say.of("drill.report.kind")),
                                    say(Say.of("drill.report.count"))),
                            errors(),
                            List.of(2)));
        }
        Page.section(page, say(Say.of("drill.report.lost")), s -> {
            s.in("p", p -> p.words(say(lostSay())));
            if (!result.lost().isEmpty()) {
                Page.table(s, lostHeads(), lost(), List.of(1));
            }
            unnamed().ifPresent(more -> s.in("p", p -> p.words(say(more))));
        });
    }

    /** The same as Markdown. */
    public String markdown() {
        var text = new StringBuilder();
        text.append("# ")
                .append(Markdown.escaped(say(Say.of(
                        "drill.report.title", "drill", DrillWords.title(result.drill()), "cluster", result.cluster()))))
                .append("\n\n")
                .append(say(Say.of(
                        "drill.report.when",
                        "at",
                        result.measured().began().toString(),
                        "t",
                        result.measured().took())))
                .append("\n\n**")
                .append(say(DrillWords.verdict(result)))
                .append("** ")
                .append(say(DrillWords.foreseen(result)))
                .append('\n');
        DrillWords.beside(result).forEach(l -> text.append('\n').append(say(l)).append('\n'));
        part(text, "drill.report.shards", shardHeads(), shards());
        part(
                text,
                "drill.report.timeline",
                List.of(say(Say.of("drill.report.at")), say(Say.of("drill.report.what"))),
                marks());
        for (var brief : briefs()) {
            text.append("\n## ").append(Markdown.escaped(brief.title())).append("\n\n");
            MarkdownTable.put(text, brief.heads(), brief.rows());
        }
        if (!errors().isEmpty()) {
            part(
                    text,
                    "drill.report.errors",
                    List.of(
                            say(Say.of("drill.report.shard")),
                            say(Say.of("drill.report.kind")),
                            say(Say.of("drill.report.count"))),
                    errors());
        }
        text.append("\n## ")
                .append(say(Say.of("drill.report.lost")))
                .append("\n\n")
                .append(say(lostSay()))
                .append('\n');
        if (!result.lost().isEmpty()) {
            MarkdownTable.put(text.append('\n'), lostHeads(), lost());
        }
        unnamed().ifPresent(more -> text.append('\n').append(say(more)).append('\n'));
        return text.toString();
    }

    private void part(StringBuilder text, String heading, List<String> heads, List<List<String>> rows) {
        text.append("\n## ").append(say(new Say(heading, java.util.Map.of()))).append("\n\n");
        MarkdownTable.put(text, heads, rows);
    }

    private List<String> shardHeads() {
        return List.of("shard", "slots", "foreseen", "writes", "reads", "restoring", "lost", "winner").stream()
                .map(w -> say(Say.of("drill.report." + w)))
                .toList();
    }

    private List<List<String>> shards() {
        return result.measured().shards().stream().map(this::row).toList();
    }

    private List<String> row(Measured.OfShard shard) {
        var master = shard.master().toString();
        var span = result.expected().of(master);
        return List.of(
                master,
                say(Say.of("drill.report.number", "n", shard.slots())),
                say(DrillWords.span(span)),
                say(DrillWords.gap(result.withoutWrites(shard))),
                say(DrillWords.gap(result.withoutReads(shard))),
                say(DrillWords.gap(result.restoring(shard))),
                say(Say.of("drill.report.of", "n", shard.lost().size(), "all", shard.written())),
                result.winners().getOrDefault(master, "–"));
    }

    private List<Brief> briefs() {
        return result.failovers().stream()
                .map(k -> new Brief(k, speech, result.zero()))
                .toList();
    }

    private List<List<String>> marks() {
        return result.measured().marks().stream()
                .map(m -> List.of(
                        say(Say.of(
                                "drill.report.millis",
                                "t",
                                m.at() - result.measured().at(DrillResult.FAULT))),
                        say(Say.of("drill.step.mark." + m.what()))))
                .toList();
    }

    private List<List<String>> errors() {
        var rows = new ArrayList<List<String>>();
        for (var shard : result.measured().shards()) {
            shard.errors()
                    .forEach((kind, n) -> rows.add(List.of(
                            shard.master().toString(),
                            say(DrillWords.error(kind)),
                            say(Say.of("drill.report.number", "n", n)))));
        }
        return rows;
    }

    private Say lostSay() {
        return !result.measured().readBack()
                ? Say.of("drill.lost.unknown")
                : Say.of("drill.lost", "n", result.lost().size(), "all", result.written());
    }

    private Optional<Say> unnamed() {
        int more = result.lost().size() - NAMED;
        return more > 0 ? Optional.of(Say.of("drill.lost.more", "n", more)) : Optional.empty();
    }

    private List<String> lostHeads() {
        return List.of(say(Say.of("drill.report.key")), say(Say.of("drill.report.at")), say(Say.of("drill.report.by")));
    }

    private List<List<String>> lost() {
        return result.lost().stream()
                .limit(NAMED)
                .map(l -> List.of(
                        l.key(),
                        say(Say.of(
                                "drill.report.millis",
                                "t",
                                l.at() - result.measured().at(DrillResult.FAULT))),
                        l.by().toString()))
                .toList();
    }
}
