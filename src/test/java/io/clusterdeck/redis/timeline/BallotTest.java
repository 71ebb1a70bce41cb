package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.id;
import static io.clusterdeck.redis.timeline.Acted.saw;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which votes count, and what is said where not all are known. */
class BallotTest {

    /** 9001 voted in the attempt that came to nothing, and not again. */
    @Test
    void aVoteInAnAttemptThatExpiredIsNoneInTheNext() {
        var t = new Acted()
                .masters(5)
                .line(9005, 2_000, "Starting a failover election for epoch 12.")
                .line(9001, 2_001, "Failover auth granted to " + id(9005) + " for epoch 12")
                .line(9005, 6_900, "Currently unable to failover: Failover attempt expired.")
                .noLog(9001)
                .failover(0, 0, 13)
                .told(20_000)
                .getFirst();
        assertEquals(
                List.of(id(9005), id(9002), id(9003), id(9004)),
                t.stage(Stage.VOTES).who(),
                () -> Shown.text(Kept.of(t)));
    }

    /** What the replica that lost had counted is none of the winner's. */
    @Test
    void onlyTheWinnersVotesAreCounted() {
        var t = new Acted()
                .masters(5)
                .seenAs(m -> m.id().equals(id(9006)) ? m.following(Optional.of(id(9000)), 0, "") : m)
                .told(
                        20_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 5_300, What.SUSPECTS, 9000),
                        saw(9001, 6_100, What.HEARS_FAIL, 9000),
                        saw(9006, 6_500, What.ASKS, 0),
                        saw(9006, 6_600, What.VOTES_IN, 0),
                        saw(9005, 7_500, What.ASKS, 0),
                        saw(9005, 7_600, What.VOTES_IN, 0),
                        saw(9005, 7_600, What.VOTES_IN, 0),
                        saw(9005, 7_600, What.VOTES_IN, 0),
                        saw(9005, 7_700, What.MASTER_NOW, 0))
                .getFirst();
        assertEquals(3L, t.votes(), () -> Shown.text(Kept.of(t)));
        assertEquals(3L, t.why().getFirst().args().get("n"));
    }

    /** A voter has no log that we can read: the winner had a majority all the same. */
    @Test
    void whoWonHadAMajority() {
        var t = new Acted().noLog(9001).failover(0, 0, 13).told(20_000).getFirst();
        var why = t.why().getFirst();
        assertEquals("timeline.why.elected.least", why.key());
        assertEquals(2, why.args().get("needed"));
        assertEquals(1L, why.args().get("n"));
        assertEquals(
                "timeline.did.votes.least",
                t.stage(Stage.VOTES).happened().getFirst().key());
    }
}
