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

    /** Its heir dies as well, before it is looked at: who is its replica by then had stood for another. */
    @Test
    void whatItsReplicaDidBeforeItWasMasterIsNotOfItsLoss() {
        var told = new Acted()
                .replicas(4)
                .seenAs(m -> m.id().equals(id(9006)) ? m.following(Optional.of(id(9000)), 0, "") : m)
                .promoting()
                .told(
                        60_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 5_200, What.HEARS_FAIL, 9000),
                        saw(9003, 6_000, What.ASKS, 0),
                        saw(9003, 6_000, What.VOTES_IN, 0),
                        saw(9003, 6_000, What.VOTES_IN, 0),
                        saw(9003, 6_000, What.MASTER_NOW, 0),
                        saw(9006, 6_050, What.FOLLOWS, 9003),
                        saw(9003, 6_200, What.GONE, 0),
                        saw(9001, 8_200, What.HEARS_FAIL, 9003),
                        saw(9001, 8_800, What.SEES_MASTER, 9006),
                        saw(9006, 8_900, What.GONE, 0),
                        saw(9001, 14_000, What.SUSPECTS, 9006),
                        saw(9006, 12_000, 3_200, What.MASTER_NOW, 0),
                        saw(9006, 15_200, What.BACK, 0),
                        saw(9001, 15_300, What.TRUSTS, 9006));
        assertEquals(
                List.of(Optional.of(id(9003)), Optional.of(id(9006)), Optional.empty()),
                told.stream().map(Timeline::winner).toList(),
                told::toString);
    }
}
