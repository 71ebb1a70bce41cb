package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.timeline.ActedFailovers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which of the recorded failovers a drill is told of. */
class RecordedTest {
    @Test
    void oneThatWasOpenWhenTheDrillBeganIsTheDrillsToo() {
        var told = ActedFailovers.taken().timeline();
        var end = told.ended().orElseThrow();
        var later = Duration.ofSeconds(3);
        assertTrue(Recorded.concerns(told, told.began().minus(later)));
        assertTrue(Recorded.concerns(told, told.began().plus(later)), "it was suspected before, and lost afterwards");
        assertFalse(Recorded.concerns(told, end), "it was over");
    }

    @Test
    void oneThatNeverEndedIsTold() {
        var stuck = ActedFailovers.stuck().timeline();
        assertTrue(stuck.ended().isEmpty());
        assertTrue(Recorded.concerns(stuck, stuck.began().plus(Duration.ofMinutes(1))));
    }

    /** Else each later drill would wait for its end, and be told of it. */
    @Test
    void oneWhoseEndAnEarlierSessionDidNotSeeIsOfThatTime() {
        var kept = ActedFailovers.undecided().timeline();
        assertTrue(Recorded.concerns(kept, kept.began()));
        assertFalse(Recorded.concerns(kept, kept.began().plus(Duration.ofMinutes(1))));
    }
}
