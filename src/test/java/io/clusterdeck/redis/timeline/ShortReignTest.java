package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.id;
import static io.clusterdeck.redis.timeline.Acted.saw;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.timeline.Timeline.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who took over dies before it is looked at, without any log: others alone have seen that it was master. */
class ShortReignTest {

    private static List<Timeline> told() {
        return new Acted()
                .promoting()
                .told(
                        60_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 5_100, What.SUSPECTS, 9000),
                        saw(9002, 5_150, What.HEARS_FAIL, 9000),
                        saw(9001, 5_200, What.HEARS_FAIL, 9000),
                        saw(9001, 6_100, What.SEES_MASTER, 9003),
                        saw(9002, 6_120, What.SEES_MASTER, 9003),
                        saw(9003, 6_200, What.GONE, 0),
                        saw(9001, 11_300, What.SUSPECTS, 9003),
                        saw(9001, 11_500, What.HEARS_FAIL, 9003),
                        saw(9002, 11_500, What.HEARS_FAIL, 9003),
                        saw(9003, 18_000, 12_000, What.STARTED, 0),
                        saw(9003, 18_000, 12_000, What.MASTER_NOW, 0),
                        saw(9003, 30_000, What.BACK, 0),
                        saw(9001, 30_100, What.CLEARS_FAIL, 9003),
                        saw(9002, 30_100, What.CLEARS_FAIL, 9003));
    }

    /** It was started anew, and its counters with it: that it counts no votes does not mean that it asked nobody. */
    @Test
    void whatItsCountersNoLongerTellIsNoTakeover() {
        assertEquals(Kind.AUTOMATIC, told().getFirst().kind());
    }

    @Test
    void itIsLostAsAMaster() {
        assertEquals(
                List.of(id(9000), id(9003)),
                told().stream().map(Timeline::failed).toList());
        assertEquals(
                List.of(Optional.of(id(9003)), Optional.empty()),
                told().stream().map(Timeline::winner).toList());
    }

    /** It says so itself long afterwards, since when it is not known. */
    @Test
    void itWonWhenOthersSawIt() {
        var won = told().getFirst().stage(Stage.PROMOTED);
        assertEquals(Acted.NOON.plusMillis(6_100), won.to().orElseThrow());
        assertTrue(won.within().toMillis() < 1000, won::toString);
    }
}
