package io.clusterdeck.redis.timeline;

import io.clusterdeck.say.Speech;
import java.util.List;
import java.util.Locale;

/** When a stage was, in words. */
public final class Spans {

    private Spans() {}

    public static String times(Timeline t, StageSpan span, Speech speech) {
        if (span.from().isEmpty()) {
            return state(t, span, speech);
        }
        var from = Times.clock(span.from().get());
        var within = t.within(span);
        return span.to()
                .map(to -> speech.say(
                        "failovers.times",
                        "from",
                        from,
                        "to",
                        Times.clock(to),
                        "t",
                        span.took().orElseThrow().toMillis(),
                        "within",
                        within))
                .orElseGet(() -> speech.say(
                        t.over() && span.state() == StageSpan.State.RUNNING
                                ? "failovers.times.never"
                                : "failovers.times.since",
                        "from",
                        from));
    }

    /** How far it came, in words; what is over waits for nothing any more. */
    public static String state(Timeline t, StageSpan span, Speech speech) {
        boolean never = t.over()
                && List.of(StageSpan.State.WAITING, StageSpan.State.RUNNING).contains(span.state());
        return speech.say(
                "failovers.state." + (never ? "never" : span.state().name().toLowerCase(Locale.ROOT)));
    }
}
