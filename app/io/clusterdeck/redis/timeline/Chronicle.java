package io.clusterdeck.redis.timeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clusterdeck.report.Markdown;
import io.clusterdeck.report.MarkdownTable;
import io.clusterdeck.report.Page;
import io.clusterdeck.report.Plain;
import io.clusterdeck.say.Speech;
import java.util.ArrayList;
import java.util.List;

/** All failovers of a cluster in one document: a table, and below it each in short. The evidence is in the {@link PostMortem} of each. */
public final class Chronicle {
    private final String cluster;
    private final List<Kept> all;
    private final Speech speech;

    private Chronicle(String cluster, List<Kept> all, Speech speech) {
        this.cluster = cluster;
        this.all = List.copyOf(all);
        this.speech = speech;
    }

    /** An array; each element is as {@link TimelineJson} writes it. */
    public static String json(List<Kept> all) {
        var array = JsonNodeFactory.instance.arrayNode();
        all.forEach(k -> array.add(TimelineJson.write(k)));
        return array.toPrettyString();
    }

    /** @param all in the order in which they are to be told */
    public static String html(String cluster, List<Kept> all, Speech speech) {
        return new Chronicle(cluster, all, speech).html();
    }

    public static String markdown(String cluster, List<Kept> all, Speech speech) {
        return new Chronicle(cluster, all, speech).markdown();
    }

    /** A line for each, with the number and the id by which the command line knows it. */
    public static String text(List<Kept> all, Speech speech) {
        if (all.isEmpty()) {
            return speech.say("failovers.chronicle.none");
        }
        var lines = new ArrayList<String>();
        for (int i = 0; i < all.size(); i++) {
            var t = all.get(i).timeline();
            var outage = t.outage()
                    .map(o -> "  " + speech.say("failovers.millis", "t", o.toMillis()))
                    .orElse("");
            lines.add("%3d  %s  %s%s  [%s]"
                    .formatted(
                            i + 1,
                            Times.day(t.began()),
                            Plain.words(Headline.of(t, speech)),
                            outage,
                            Plain.line(t.id())));
        }
        return String.join("\n", lines);
    }

    private String title() {
        return speech.say("failovers.chronicle.title", "cluster", cluster, "n", all.size());
    }

    private List<String> beside() {
        return all.isEmpty()
                ? List.of()
                : List.of(speech.say(
                        "failovers.chronicle.span",
                        "from",
                        Times.stamp(all.getLast().timeline().began()),
                        "to",
                        Times.stamp(all.getFirst().timeline().began())));
    }

    private List<String> heads() {
        var heads = new ArrayList<String>();
        for (var word : List.of("began", "what", "outage", "votes", "epoch")) {
            heads.add(speech.say("failovers.chronicle." + word));
        }
        return heads;
    }

    private List<List<String>> rows() {
        return all.stream().map(Kept::timeline).map(this::row).toList();
    }

    private List<String> row(Timeline t) {
        return List.of(
                Times.day(t.began()),
                Headline.of(t, speech),
                t.outage()
                        .map(o -> speech.say("failovers.millis", "t", o.toMillis()))
                        .orElse("–"),
                votes(t),
                t.epoch() > 0 ? Long.toString(t.epoch()) : "–");
    }

    /** Who was elected had a majority, also where not all of its voters are known. */
    private static String votes(Timeline t) {
        boolean elected = t.winner().isPresent() && t.stage(Stage.VOTES).state() == StageSpan.State.DONE;
        if (elected && t.votes() < t.needed()) {
            return "≥ " + t.needed();
        }
        return t.votes() > 0 ? Long.toString(t.votes()) : "–";
    }

    private List<Brief> briefs() {
        return all.stream().map(k -> new Brief(k, speech, k.timeline().began())).toList();
    }

    private String html() {
        return Page.html(
                speech,
                title(),
                beside(),
                page -> {
                    Page.table(page, heads(), rows(), List.of(2, 3, 4));
                    briefs().forEach(b -> b.html(page));
                },
                speech.say("failovers.report.foot"));
    }

    private String markdown() {
        var text = new StringBuilder("# ").append(Markdown.escaped(title())).append("\n\n");
        beside().forEach(b -> text.append(Markdown.words(b)).append("\n\n"));
        MarkdownTable.put(text, heads(), rows());
        for (var brief : briefs()) {
            text.append("\n## ").append(Markdown.escaped(brief.title())).append("\n\n");
            MarkdownTable.put(text, brief.heads(), brief.rows());
        }
        return text.toString();
    }
}
