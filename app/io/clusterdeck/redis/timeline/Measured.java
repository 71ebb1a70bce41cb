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

    public record Expected(Say what, Say forecast, Say outcome) {}

    public Measured {
        gaps = List.copyOf(gaps);
        lost = List.copyOf(lost);
        expected = List.copyOf(expected);
    }
}
