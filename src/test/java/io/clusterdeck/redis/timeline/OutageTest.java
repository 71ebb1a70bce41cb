package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.saw;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long slots were without a master, where no other shard refused. */
class OutageTest {
    private static final List<Fact> TAKEN = List.of(
            saw(9000, 0, What.GONE, 0),
            saw(9001, 5_300, What.SUSPECTS, 9000),
            saw(9001, 6_100, What.HEARS_FAIL, 9000),
            saw(9003, 7_000, What.ASKS, 0),
            saw(9003, 7_020, What.VOTES_IN, 0),
            saw(9003, 7_030, What.MASTER_NOW, 0),
            saw(9001, 7_050, What.SEES_MASTER, 9003),
            saw(9002, 7_080, What.SEES_MASTER, 9003));

    private static Optional<Duration> told(Fact... later) {
        var facts = new ArrayList<>(TAKEN);
        facts.addAll(List.of(later));
        return new Acted()
                .partly()
                .told(400_000, facts.toArray(Fact[]::new))
                .getFirst()
                .outage();
    }

    @Test
    void itEndsWhenTheLastOfThoseThatWereThereKnows() {
        assertEquals(Optional.of(Duration.ofMillis(7_080)), told());
    }

    /** The old master, started again or cut off until then, shows as new what the others have known for long. */
    @Test
    void itDoesNotGrowWhenTheOldMasterReturns() {
        for (var how : List.of(What.STARTED, What.BACK)) {
            assertEquals(
                    Optional.of(Duration.ofMillis(7_080)),
                    told(saw(9000, 240_000, how, 0), saw(9000, 240_100, What.SEES_MASTER, 9003)),
                    how::toString);
        }
    }

    /** Likewise any node that was away meanwhile: its view from before is compared with the one after. */
    @Test
    void itDoesNotGrowWhenAnyoneReturns() {
        for (var how : List.of(What.STARTED, What.BACK)) {
            assertEquals(
                    Optional.of(Duration.ofMillis(7_080)),
                    told(
                            saw(9004, 2_000, What.GONE, 0),
                            saw(9004, 240_000, how, 0),
                            saw(9004, 121_000, 119_000, What.SEES_MASTER, 9003)),
                    how::toString);
        }
    }
}
