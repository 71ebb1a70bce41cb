package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.NOON;
import static io.clusterdeck.redis.timeline.Acted.id;
import static io.clusterdeck.redis.timeline.Acted.saw;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.timeline.Timeline.Kind;
import io.clusterdeck.redis.timeline.Timeline.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one tells narrows when another's word can have been: nothing is told earlier, later or more often than all of them allow. */
class NarrowedTest {

    private static Fact seen(int by, long millis, What what, int about, long epoch) {
        var f = saw(by, millis, what, about);
        return new Fact(f.at(), f.within(), what, f.by(), f.about(), epoch, "", f.evidence());
    }

    /** Who is lost is suspected soon: cut off from us half a minute before that, it served all the while. */
    @Test
    void whoWasAwayForUsAloneIsLostWhenOthersLoseIt() {
        var told = new Acted()
                .told(
                        90_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 35_000, What.SUSPECTS, 9000),
                        saw(9002, 35_300, What.HEARS_FAIL, 9000),
                        saw(9003, 36_000, What.ASKS, 0),
                        saw(9001, 36_010, What.GRANTS, 0),
                        saw(9003, 36_100, What.MASTER_NOW, 0),
                        saw(9001, 36_150, What.SEES_MASTER, 9003));
        assertEquals(1, told.size(), told::toString);
        assertEquals(NOON.plusMillis(30_000), told.getFirst().began());
        assertEquals(
                Optional.of(NOON.plusMillis(35_000)),
                told.getFirst().stage(Stage.SUSPECTED).to());
    }

    /** One of the others could not reach it for long; it served until it answered us no more. */
    @Test
    void whoAnsweredUsWasNotLost() {
        var t = new Acted()
                .told(
                        90_000,
                        saw(9003, 0, What.SUSPECTS, 9000),
                        saw(9000, 30_000, What.GONE, 0),
                        saw(9001, 35_000, What.SUSPECTS, 9000),
                        saw(9002, 35_300, What.HEARS_FAIL, 9000))
                .getFirst();
        assertEquals(NOON.plusMillis(30_000), t.began());
        assertEquals(
                Optional.of(NOON.plusMillis(35_000)), t.stage(Stage.SUSPECTED).to());
    }

    /** It had been marked as a replica, came back, won, and is lost as a master: that begins when it is one. */
    @Test
    void whatWasSaidOfTheReplicaIsNotOfTheMaster() {
        var told = new Acted()
                .promoting()
                .line(9001, 1_000, "Marking node " + id(9003) + " as failing (quorum reached).")
                .line(9003, 7_000, "Failover election won: I'm the new master.")
                .line(9001, 13_500, "Marking node " + id(9003) + " as failing (quorum reached).")
                .told(
                        60_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 5_000, What.SUSPECTS, 9000),
                        saw(9002, 5_300, What.HEARS_FAIL, 9000),
                        saw(9003, 8_000, What.GONE, 0));
        var last = told.getLast();
        assertEquals(id(9003), last.failed());
        assertEquals(NOON.plusMillis(8_000), last.began(), () -> Shown.text(Kept.of(last)));
        assertEquals(
                Optional.of(NOON.plusMillis(13_500)), last.stage(Stage.AGREED).to());
    }

    /** A replica writes that it migrates: of one that does not an operator made another's. */
    @Test
    void whoIsSentToAnotherMasterDoesNotMigrate() {
        var moved = saw(9005, 400, What.MIGRATES, 9000);
        assertEquals(List.of(), new Acted().told(20_000, moved));
        assertEquals(1, new Acted().noLog(9005).told(20_000, moved).size());
    }

    /** The old master comes back soon, and shows at some time of its absence whom it follows: that hides no refusal before the victory. */
    @Test
    void whoRefusedBeforeTheVictoryRefusedBecauseOfIt() {
        var t = new Acted()
                .line(9003, 8_000, "Failover election won: I'm the new master.")
                .told(
                        60_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9000, 4_200, 4_200, What.SEES_MASTER, 9003),
                        saw(9001, 5_500, What.SUSPECTS, 9000),
                        saw(9002, 7_000, What.HEARS_FAIL, 9000),
                        saw(9001, 7_000, What.STATE_FAIL, 0),
                        saw(9001, 8_050, What.STATE_OK, 0))
                .getFirst();
        assertEquals(List.of(id(9001)), t.stage(Stage.SERVES).who(), () -> Shown.text(Kept.of(t)));
    }

    /** Of the winner itself only rough figures are there; that it asked is not later than that others saw its victory. */
    @Test
    void itAskedBeforeOthersSawItWin() {
        var t = new Acted()
                .told(
                        60_000,
                        saw(9001, 2_000, What.SEES_MASTER, 9003),
                        saw(9002, 2_010, What.SEES_MASTER, 9003),
                        saw(9003, 12_000, 11_000, What.ASKS, 0),
                        saw(9003, 12_000, 11_000, What.VOTES_IN, 0),
                        saw(9003, 12_000, 11_000, What.MASTER_NOW, 0))
                .getFirst();
        assertEquals(Optional.of(id(9003)), t.winner());
        var won = t.stage(Stage.PROMOTED);
        assertFalse(won.to().orElseThrow().isAfter(NOON.plusMillis(2_050)), () -> Shown.text(Kept.of(t)));
        assertFalse(t.began().isAfter(won.to().orElseThrow()));
    }

    /** All together were looked at just after a victory, and showed what had been before it. */
    @Test
    void aLookThatLagsDoesNotUndoAVictory() {
        var won = saw(9003, 0, What.MASTER_NOW, 0);
        var after = new Promotions(List.of(won))
                .applied(new Acted().members(), NOON.plusMillis(150), NOON.plusMillis(5_000));
        assertEquals(Optional.of(id(9003)), new Roster(after).masterOf(id(9000)));
    }

    /** Who could not be asked for long shows at last what had been before the way back. */
    @Test
    void anOldVictoryIsNoneAnew() {
        var there = seen(9001, 1_000, What.SEES_MASTER, 9003, 7);
        var back = seen(9000, 20_000, What.MASTER_NOW, 0, 8);
        var late = new Fact(
                NOON.plusMillis(15_000),
                Duration.ofSeconds(15),
                What.SEES_MASTER,
                id(9002),
                Optional.of(id(9003)),
                7,
                "",
                there.evidence());
        var promotions = new Promotions(List.of(there, back, late));
        assertTrue(promotions.stale(late));
        var roster = new Roster(promotions.applied(new Acted().members(), NOON, NOON.plusSeconds(60)));
        assertEquals(Optional.of(id(9000)), roster.masterOf(id(9003)));
    }

    /** The order stands for its time, whatever is suspected and trusted meanwhile: its second attempt is of the same failover. */
    @Test
    void whoIsTrustedAgainIsStillToHandOver() {
        var told = new Acted()
                .line(9003, 0, "Forced failover user request accepted.")
                .line(9003, 150, "Starting a failover election for epoch 7.")
                .line(9003, 2_200, "Currently unable to failover: Failover attempt expired.")
                .line(9003, 4_300, "Starting a failover election for epoch 8.")
                .line(9003, 4_350, "Failover election won: I'm the new master.")
                .nodeTimeout(1_000)
                .told(30_000, saw(9001, 1_100, What.SUSPECTS, 9000), saw(9001, 3_000, What.TRUSTS, 9000));
        assertEquals(List.of(Kind.FORCED), told.stream().map(Timeline::kind).toList(), told::toString);
        assertEquals(Outcome.TAKEN_OVER, told.getFirst().outcome());
    }

    /** Logs alone may tell of it no sooner than its end, and of no epoch. */
    @Test
    void whatMeetsAndHasOneWinnerIsOneFailover() {
        var whole = new Acted()
                .told(
                        90_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 5_000, What.SUSPECTS, 9000),
                        saw(9002, 40_000, What.HEARS_FAIL, 9000),
                        seen(9003, 41_000, What.MASTER_NOW, 0, 7))
                .getFirst();
        assertTrue(Retold.same(whole, won(41_000)));
        assertFalse(Retold.same(whole, won(71_000)));
    }

    private static Timeline won(long at) {
        return new Acted()
                .line(9003, at, "Failover election won: I'm the new master.")
                .told(90_000)
                .getFirst();
    }
}
