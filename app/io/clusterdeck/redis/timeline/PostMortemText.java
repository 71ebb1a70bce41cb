package io.clusterdeck.redis.timeline;

import io.clusterdeck.report.Markdown;
import io.clusterdeck.report.Plain;
import io.clusterdeck.say.Speech;

/** A post-mortem without pictures: Markdown for a ticket or a wiki, with the evidence; and short, as a terminal tells it. */
public final class PostMortemText {
    private final Kept kept;
    private final Timeline t;
    private final Speech speech;
    private final Summary summary;

    private PostMortemText(Kept kept, Speech speech) {
        this.kept = kept;
        this.t = kept.timeline();
        this.speech = speech;
        this.summary = new Summary(kept, speech);
    }

    public static String markdown(Kept kept, Speech speech) {
        return new PostMortemText(kept, speech).markdown();
    }

    /** Without the evidence. */
    public static String text(Kept kept, Speech speech) {
        return new PostMortemText(kept, speech).text();
    }

    private String markdown() {
        var s = new StringBuilder("# ")
                .append(Markdown.escaped(Headline.of(t, speech)))
                .append("\n\n");
        s.append(Markdown.words(
                        speech.say("failovers.report.of", "cluster", t.cluster(), "at", Times.stamp(t.began()))))
                .append("  \n");
        s.append(Markdown.words(speech.say(Times.zone()))).append("  \n");
        paragraph(s, speech.say(Headline.clocks(t)));
        var facts = summary.facts();
        for (int i = 0; i < facts.size(); i += 2) {
            item(s, facts.get(i) + ": " + facts.get(i + 1));
        }
        s.append('\n');
        t.why().forEach(w -> paragraph(s, speech.say(w)));
        t.notes().forEach(w -> paragraph(s, speech.say(w)));
        heading(s, speech.say("failovers.report.measured"));
        summary.measured().forEach(m -> item(s, m));
        kept.measured().ifPresent(m -> m.lost().forEach(key -> item(s, "⟪" + key + "⟫")));
        s.append('\n');
        heading(s, speech.say("failovers.report.changes"));
        BeforeAfter.of(kept, speech).markdown(s, speech);
        t.stages().forEach(span -> stage(s, span));
        return s.append(Markdown.escaped(speech.say("failovers.report.foot")))
                .append('\n')
                .toString();
    }

    private void stage(StringBuilder s, StageSpan span) {
        heading(s, summary.heading(span));
        paragraph(s, Spans.times(t, span, speech));
        span.happened().forEach(h -> paragraph(s, speech.say(h)));
        paragraph(s.append("> "), speech.say(span.theory()));
        if (!span.facts().isEmpty()) {
            s.append("```text\n");
            for (var f : span.facts()) {
                var proof = Proof.of(f, t);
                s.append(Times.clock(f.at())).append("  ").append(verbatim(speech.say(proof.source())));
                s.append("\n    ").append(verbatim(speech.say(proof.text()))).append('\n');
            }
            s.append("```\n\n");
        }
    }

    private static String verbatim(String text) {
        return Plain.line(Plain.words(text)).replace("```", "'''");
    }

    private static void heading(StringBuilder s, String words) {
        s.append("## ").append(Markdown.escaped(words)).append("\n\n");
    }

    private static void paragraph(StringBuilder s, String words) {
        s.append(Markdown.words(words)).append("\n\n");
    }

    private static void item(StringBuilder s, String words) {
        s.append("- ").append(Markdown.words(words)).append('\n');
    }

    private String text() {
        var s = new StringBuilder(speech.say(Headline.say(t))).append('\n');
        s.append(speech.say("failovers.report.of", "cluster", t.cluster(), "at", Times.stamp(t.began())))
                .append('\n');
        t.outage()
                .ifPresent(o -> s.append(speech.say("failovers.fact.outage"))
                        .append(speech.say("failovers.fact.is", "t", o.toMillis()))
                        .append('\n'));
        s.append(speech.say(Headline.clocks(t))).append('\n');
        t.why().forEach(w -> s.append(speech.say(w)).append('\n'));
        t.notes().forEach(w -> s.append(speech.say(w)).append('\n'));
        for (var span : t.stages()) {
            s.append('\n').append(summary.heading(span)).append("  ");
            s.append(Spans.times(t, span, speech)).append('\n');
            span.happened().forEach(h -> s.append("  ").append(speech.say(h)).append('\n'));
        }
        s.append('\n').append(speech.say("failovers.report.measured")).append('\n');
        summary.measured().forEach(m -> s.append("  ").append(m).append('\n'));
        return Plain.words(s.toString());
    }
}
