package io.clusterdeck.redis.timeline;

import io.clusterdeck.report.Markup;
import io.clusterdeck.report.Page;
import io.clusterdeck.report.Plain;
import io.clusterdeck.report.Svg;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Speech;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left of a failover for those who were not there: the timeline as a picture, each stage with its times, its theory and its very
 * lines, the cluster before and after with what differs, and what was lost. One HTML file that needs nothing beside it.
 */
public final class PostMortem {

    private static final double WIDTH = 1000;

    private final Kept kept;
    private final Timeline t;
    private final Speech speech;
    private final Summary summary;

    private PostMortem(Kept kept, Speech speech) {
        this.kept = kept;
        this.t = kept.timeline();
        this.speech = speech;
        this.summary = new Summary(kept, speech);
    }

    public static String html(Kept kept, Speech speech) {
        return new PostMortem(kept, speech).html();
    }

    private String html() {
        var beside = new ArrayList<String>();
        beside.add(speech.say("failovers.report.of", "cluster", t.cluster(), "at", Times.stamp(t.began())));
        beside.add(speech.say(Times.zone()));
        beside.add(speech.say(Headline.clocks(t)));
        return Page.html(speech, Headline.of(t, speech), beside, this::body, speech.say("failovers.report.foot"));
    }

    private void body(Markup m) {
        Page.facts(m, summary.facts().toArray(String[]::new));
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
        Page.section(m, speech.say("failovers.report.measured"), s -> {
            summary.measured().forEach(words -> s.in("p", p -> p.words(words)));
            kept.measured().ifPresent(x -> x.lost().forEach(key -> s.leaf("p", key, "class", "mono")));
        });
        Page.section(
                m,
                speech.say("failovers.report.changes"),
                s -> BeforeAfter.of(kept, speech).html(s, speech));
        // what came of it first, then the evidence
        for (var span : t.stages()) {
            stage(m, span);
        }
    }

    private void list(Markup m, List<Say> says) {
        says.forEach(say -> m.in("p", p -> p.words(speech.say(say))));
    }

    private void stage(Markup m, StageSpan span) {
        Page.section(m, summary.heading(span), s -> {
            s.in("p", p -> p.words(Spans.times(t, span, speech)), "class", "muted");
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
                (Times.clock(f.at()) + " " + speech.say(t.within(f))).replace(' ', '\u00a0'),
                speech.say(proof.source()),
                // a log line may hold our marks of emphasis
                "⟪" + Plain.words(speech.say(proof.text())) + "⟫");
    }
}
