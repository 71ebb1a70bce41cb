package io.clusterdeck.redis.timeline;

import io.clusterdeck.say.Speech;
import java.util.Locale;

/** When a stage was, in words. */
public final class Spans {

    private Spans() {}

    public static String times(Timeline t, StageSpan span, Speech speech) {
        if (span.from().isEmpty()) {
            return speech.say("failovers.state." + span.state().name().toLowerCase(Locale.ROOT));
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
                .orElseGet(() -> speech.say("failovers.times.since", "from", from));
    }
}
