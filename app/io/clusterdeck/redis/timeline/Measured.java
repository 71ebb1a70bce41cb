package io.clusterdeck.redis.timeline;

import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.List;

/**
 * What somebody measured while it happened, or had foretold: added by a drill.
 *
 * @param gaps when writes to which slots were not taken
 * @param acknowledged how many writes were acknowledged; −1 where not counted
 * @param lost those of them that were gone afterwards, by key
 * @param expected forecasts beside what came
 */
public record Measured(List<Gap> gaps, long acknowledged, List<String> lost, List<Expected> expected) {

    /** @param slots as text, {@code 0–5460} */
    public record Gap(String slots, Instant from, Instant to) {}

    /** What came of what was foretold. */
    public record Expected(Say what, Say forecast, Say outcome) {

        /** In a line; what came as it was foretold is said once. */
        public Say say() {
            return Say.of(
                    came() ? "failovers.expected.same" : "failovers.expected",
                    "what",
                    what,
                    "forecast",
                    forecast,
                    "outcome",
                    outcome);
        }

        /** Likewise, beneath what it is about. */
        public Say brief() {
            return Say.of(
                    came() ? "failovers.expected.short.same" : "failovers.expected.short",
                    "forecast",
                    forecast,
                    "outcome",
                    outcome);
        }

        private boolean came() {
            return forecast.equals(outcome);
        }
    }

    public Measured {
        gaps = List.copyOf(gaps);
        lost = List.copyOf(lost);
        expected = List.copyOf(expected);
    }
}
