package io.clusterdeck.redis.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.nodes.Layouts;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.say.Say;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of the loss of a node wherever it is killed, beyond what it does at once. */
class ForecastWordsTest {

    @Test
    void theWorstCaseAndWhatMustNotGoNextAreNamed() {
        var layout = new Layouts(3, 1);
        var state = layout.state();
        var says = ForecastWords.beyond(state, layout.of(Layouts.m(0)), Terms.seen(state));
        assertEquals(
                List.of("forecast.outage.worst", "forecast.fatal"),
                says.stream().map(Say::key).toList());
        var names = (List<?>) says.getLast().args().get("names");
        assertTrue(names.contains(layout.of(Layouts.r(0, 1)).address().toString()), names::toString);
    }

    @Test
    void aSpareReplicaCostsNothing() {
        var layout = new Layouts(3, 2);
        var state = layout.state();
        var says = ForecastWords.beyond(state, layout.of(Layouts.r(0, 1)), Terms.seen(state));
        assertEquals(List.of(), says);
    }
}
