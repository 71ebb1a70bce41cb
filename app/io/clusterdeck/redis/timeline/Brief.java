package io.clusterdeck.redis.timeline;

import io.clusterdeck.report.Markup;
import io.clusterdeck.report.Page;
import io.clusterdeck.report.Plain;
import io.clusterdeck.report.Svg;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Speech;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A failover as a part of another report: the picture, and each stage in a line, counted from an instant that the report is about. The
 * very lines are in its own report ({@link PostMortem}).
 */
public final class Brief {
    private static final double WIDTH = 1000;

    private final Kept kept;
    private final Timeline t;
    private final Speech speech;
    private final Instant zero;

    /** @param zero what the times of the stages are counted from */
    public Brief(Kept kept, Speech speech, Instant zero) {
        this.kept = kept;
        this.t = kept.timeline();
        this.speech = speech;
        this.zero = zero;
    }

    /** What happened, in a line. */
    public String title() {
        return Headline.of(t, speech);
    }

    public void html(Markup page) {
        Page.section(page, title(), s -> {
            t.why().forEach(w -> s.in("p", p -> p.words(speech.say(w))));
            s.in(
                    "div",
                    d -> Svg.within(
                            d,
                            TimelineDrawing.of(t, kept.measured(), speech, WIDTH, Instant.now())
                                    .drawing(),
                            WIDTH),
                    "class",
                    "drawing");
            Page.table(s, heads(), rows(), List.of(1, 2));
        });
    }

    public List<String> heads() {
        return List.of(
                speech.say("failovers.brief.stage"),
                speech.say("failovers.brief.from"),
                speech.say("failovers.brief.took"),
                speech.say("failovers.brief.what"));
    }

    /** One for each stage that was a part of it. */
    public List<List<String>> rows() {
        return t.stages().stream()
                .filter(s -> s.state() != StageSpan.State.SKIPPED)
                .map(s -> List.of(
                        s.stage().number() + " " + speech.say(s.stage().title()),
                        s.from().map(f -> millis(Duration.between(zero, f))).orElseGet(() -> Spans.times(t, s, speech)),
                        s.took().map(this::millis).orElse(""),
                        Plain.words(s.happened().stream().map(this::say).collect(Collectors.joining(" ")))))
                .toList();
    }

    private String say(Say say) {
        return speech.say(say);
    }

    private String millis(Duration d) {
        return speech.say("failovers.millis", "t", d.toMillis());
    }
}
