package io.clusterdeck.redis.timeline;

import io.clusterdeck.report.Markup;
import io.clusterdeck.report.Page;
import io.clusterdeck.report.Svg;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Speech;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left of a failover for those who were not there: the timeline as a picture, each stage with its times, its theory and its very
 * lines, what differs between before and after, and what was lost. One HTML file that needs nothing beside it; or Markdown.
 */
public final class PostMortem {

    private static final double WIDTH = 1000;

    private final Kept kept;
    private final Timeline t;
    private final Speech speech;

    private PostMortem(Kept kept, Speech speech) {
        this.kept = kept;
        this.t = kept.timeline();
        this.speech = speech;
    }

    public static String html(Kept kept, Speech speech) {
        return new PostMortem(kept, speech).html();
    }

    public static String markdown(Kept kept, Speech speech) {
        return new PostMortem(kept, speech).markdown();
    }

    private List<String> facts() {
        var facts = new ArrayList<String>();
        add(facts, "failovers.fact.began", Times.day(t.began()));
        t.outage().ifPresent(o -> add(facts, "failovers.fact.outage", millis(o.toMillis())));
        t.winner().ifPresent(w -> add(facts, "failovers.fact.winner", t.name(w)));
        if (t.epoch() > 0) {
            add(facts, "failovers.fact.epoch", Long.toString(t.epoch()));
        }
        add(facts, "failovers.fact.timeout", millis(t.terms().nodeTimeout()));
        return facts;
    }

    private void add(List<String> to, String key, String value) {
        to.add(speech.say(key));
        to.add(value);
    }

    private String millis(long t) {
        return speech.say("failovers.millis", "t", t);
    }

    private String html() {
        var beside = new ArrayList<String>();
        beside.add(speech.say("failovers.report.of", "cluster", t.cluster(), "at", Times.day(t.began())));
        beside.add(speech.say(Headline.clocks(t)));
        return Page.html(speech, Headline.of(t, speech), beside, this::body, speech.say("failovers.report.foot"));
    }

    private void body(Markup m) {
        Page.facts(m, facts().toArray(String[]::new));
        Page.section(m, speech.say("failovers.report.why"), s -> {
            list(s, t.why());
            list(s, t.notes());
        });
        Page.section(
                m,
                speech.say("failovers.report.timeline"),
                s -> s.in(
                        "div",
                        d -> Svg.within(
                                d,
                                TimelineDrawing.of(t, kept.measured(), speech, WIDTH, Instant.now())
                                        .drawing(),
                                WIDTH),
                        "class",
                        "drawing"));
        for (var span : t.stages()) {
            stage(m, span);
        }
        kept.measured().ifPresent(x -> Page.section(m, speech.say("failovers.report.measured"), s -> measured(s, x)));
        if (kept.before().isPresent() && kept.after().isPresent()) {
            var changes = Changes.of(kept.before().get(), kept.after().get());
            Page.section(m, speech.say("failovers.report.changes"), s -> list(s, changes));
        }
    }

    private void list(Markup m, List<Say> says) {
        says.forEach(say -> m.in("p", p -> p.words(speech.say(say))));
    }

    private String heading(StageSpan span) {
        return span.stage().number() + " " + speech.say(span.stage().title());
    }

    private String times(StageSpan span) {
        return Spans.times(span, speech);
    }

    private void stage(Markup m, StageSpan span) {
        Page.section(m, heading(span), s -> {
            s.in("p", p -> p.words(times(span)), "class", "muted");
            list(s, span.happened());
            s.in("p", p -> p.words(speech.say(span.theory())), "class", "muted");
            if (!span.facts().isEmpty()) {
                Page.table(
                        s,
                        List.of(
                                speech.say("failovers.report.when"),
                                speech.say("failovers.report.source"),
                                speech.say("failovers.report.evidence")),
                        span.facts().stream().map(this::row).toList(),
                        List.of());
            }
        });
    }

    private List<String> row(Fact f) {
        var proof = Proof.of(f, t);
        return List.of(
                (Times.clock(f.at()) + " " + Times.within(f.within())).replace(' ', '\u00a0'),
                speech.say(proof.source()),
                "⟪" + plain(speech.say(proof.text())) + "⟫");
    }

    /** A log line may hold our marks of emphasis. */
    private static String plain(String text) {
        return text.replaceAll("[⟨⟩⟪⟫]", "");
    }

    private void measured(Markup s, Measured x) {
        x.gaps()
                .forEach(g -> s.in(
                        "p",
                        p -> p.words(speech.say(
                                "failovers.writes.gap",
                                "slots",
                                g.slots(),
                                "t",
                                java.time.Duration.between(g.from(), g.to()).toMillis()))));
        if (x.acknowledged() >= 0) {
            s.in(
                    "p",
                    p -> p.words(
                            speech.say("failovers.lost.writes", "n", x.lost().size(), "of", x.acknowledged())));
        }
        x.lost().forEach(key -> s.leaf("p", key, "class", "mono"));
        x.expected().forEach(e -> s.in("p", p -> p.words(speech.say(e.say()))));
    }

    private String markdown() {
        var s = new StringBuilder("# ").append(Headline.of(t, speech)).append("\n\n");
        s.append(speech.say("failovers.report.of", "cluster", t.cluster(), "at", Times.day(t.began())))
                .append("  \n")
                .append(marks(speech.say(Headline.clocks(t))))
                .append("\n\n");
        var facts = facts();
        for (int i = 0; i < facts.size(); i += 2) {
            s.append("- ")
                    .append(facts.get(i))
                    .append(": ")
                    .append(facts.get(i + 1))
                    .append('\n');
        }
        s.append('\n');
        t.why().forEach(w -> s.append(marks(speech.say(w))).append("\n\n"));
        t.notes().forEach(w -> s.append(marks(speech.say(w))).append("\n\n"));
        for (var span : t.stages()) {
            s.append("## ")
                    .append(heading(span))
                    .append("\n\n")
                    .append(times(span))
                    .append("\n\n");
            span.happened().forEach(h -> s.append(marks(speech.say(h))).append("\n\n"));
            s.append("> ").append(marks(speech.say(span.theory()))).append("\n\n");
            if (!span.facts().isEmpty()) {
                s.append("```text\n");
                for (var f : span.facts()) {
                    var proof = Proof.of(f, t);
                    s.append(Times.clock(f.at()))
                            .append("  ")
                            .append(speech.say(proof.source()))
                            .append("\n    ")
                            .append(speech.say(proof.text()).replace("```", "'''"))
                            .append('\n');
                }
                s.append("```\n\n");
            }
        }
        if (kept.before().isPresent() && kept.after().isPresent()) {
            s.append("## ").append(speech.say("failovers.report.changes")).append("\n\n");
            Changes.of(kept.before().get(), kept.after().get())
                    .forEach(c -> s.append("- ").append(marks(speech.say(c))).append('\n'));
        }
        return s.toString();
    }

    private static String marks(String words) {
        return words.replace("⟨", "**").replace("⟩", "**").replaceAll("[⟪⟫]", "`");
    }
}
