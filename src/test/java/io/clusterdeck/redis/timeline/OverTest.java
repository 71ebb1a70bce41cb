package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.id;
import static io.clusterdeck.redis.timeline.Acted.saw;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.timeline.Timeline.Kind;
import io.clusterdeck.redis.timeline.Timeline.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is over is told as over, also where nobody told its end. */
class OverTest {
    private static List<Outcome> outcomes(List<Timeline> told) {
        return told.stream().map(Timeline::outcome).toList();
    }

    /** Its master hung, and there is no log: Redis gives it up after five seconds. */
    @Test
    void anOrderThatCameToNothingIsGivenUpAlsoWithoutALog() {
        var asked = saw(9003, 0, What.BY_HAND, 0);
        assertEquals(List.of(Outcome.RUNNING), outcomes(new Acted().told(4_000, asked)));
        var t = new Acted().told(20_000, asked).getFirst();
        assertEquals(Outcome.GIVEN_UP, t.outcome());
        assertEquals(Optional.of(t.began().plusSeconds(5)), t.ended());
    }

    /** A link between two masters was cut: what one says of the other is of the other's loss first. */
    @Test
    void twoThatSuspectEachOtherAreToldEach() {
        var told = new Acted()
                .told(
                        60_000,
                        saw(9001, 0, What.SUSPECTS, 9000),
                        saw(9000, 200, What.SUSPECTS, 9001),
                        saw(9001, 700, What.TRUSTS, 9000),
                        saw(9000, 900, What.TRUSTS, 9001));
        assertEquals(List.of(Outcome.CAME_BACK, Outcome.CAME_BACK), outcomes(told), told::toString);
        assertEquals(
                List.of(List.of(id(9001)), List.of(id(9000))),
                told.stream().map(t -> t.stage(Stage.SUSPECTED).who()).toList());
    }

    /** Who suspected it died, or said so in a log only: that it is well is seen. */
    @Test
    void whoIsWellAtPresentIsNotLost() {
        var facts = new Fact[] {saw(9001, 0, What.HEARS_FAIL, 9000), saw(9001, 2_000, What.GONE, 0)};
        assertEquals(Outcome.STUCK, new Acted().told(60_000, facts).getFirst().outcome());
        assertEquals(
                Outcome.CAME_BACK,
                new Acted().well(9000).told(60_000, facts).getFirst().outcome());
        assertEquals(
                Outcome.RUNNING,
                new Acted().well(9000).told(3_000, facts).getFirst().outcome(),
                "a log may be ahead of what is seen");
    }

    /** One of three suspects it for ever, since their link is cut; then it hands over. */
    @Test
    void whoHandsOverIsNoLongerLost() {
        var told = new Acted()
                .told(
                        90_000,
                        saw(9001, 0, What.SUSPECTS, 9000),
                        saw(9003, 30_000, What.BY_HAND, 0),
                        saw(9000, 30_000, What.BY_HAND_ASKED, 9003),
                        saw(9003, 30_200, What.MASTER_NOW, 0));
        assertEquals(List.of(Outcome.CAME_BACK, Outcome.TAKEN_OVER), outcomes(told), told::toString);
        assertEquals(Kind.MANUAL, told.getLast().kind());
    }

    /** A node that was cut off trusts the old master again, since nobody had replaced it; then a replica wins after all. */
    @Test
    void whoServedAgainBeforeSomebodyWonIsNotWaitedFor() {
        var t = new Acted()
                .told(
                        90_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 6_100, What.HEARS_FAIL, 9000),
                        saw(9002, 6_100, What.HEARS_FAIL, 9000),
                        saw(9001, 6_100, What.STATE_FAIL, 0),
                        saw(9002, 6_100, What.STATE_FAIL, 0),
                        saw(9002, 40_000, What.STATE_OK, 0),
                        saw(9003, 41_000, What.ASKS, 0),
                        saw(9003, 41_100, What.MASTER_NOW, 0),
                        saw(9001, 41_200, What.STATE_OK, 0))
                .getFirst();
        assertEquals(Outcome.TAKEN_OVER, t.outcome());
        assertEquals(Optional.of(Duration.ofMillis(41_200)), t.outage());
    }

    /** Others are looked at a moment before the winner; that the old master follows it later is not when it was seen first. */
    @Test
    void aPromotionIsSeenByWhoeverIsLookedAtFirst() {
        var t = new Acted()
                .told(
                        90_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 6_100, What.HEARS_FAIL, 9000),
                        saw(9003, 7_000, What.ASKS, 0),
                        saw(9001, 7_090, What.SEES_MASTER, 9003),
                        saw(9002, 7_095, What.SEES_MASTER, 9003),
                        saw(9003, 7_100, What.MASTER_NOW, 0),
                        saw(9000, 30_000, What.BACK, 0),
                        saw(9000, 30_000, What.FOLLOWS, 9003))
                .getFirst();
        assertEquals(
                Optional.of(Duration.ofMillis(7_095)),
                t.stage(Stage.PROMOTED).to().map(to -> Duration.between(t.began(), to)));
        assertEquals(Optional.of(Duration.ofMillis(7_095)), t.outage());
    }

    /** Of a winner without a log, which nobody looked at, others write that they follow it. */
    @Test
    void whoIsFollowedHasWon() {
        var t = new Acted()
                .replicas(3)
                .noLog(9003)
                .line(9001, 6_130, "Marking node " + id(9000) + " as failing (quorum reached).")
                .line(9002, 7_050, "Failover auth granted to " + id(9003) + " for epoch 7")
                .line(9000, 9_000, "Configuration change detected. Reconfiguring myself as a replica of " + id(9003))
                .told(60_000)
                .getFirst();
        assertEquals(Optional.of(id(9003)), t.winner());
        assertEquals(Outcome.TAKEN_OVER, t.outcome());
    }

    /** Redis writes that it was ordered, and nothing of a victory. */
    @Test
    void aTakeoverIsDoneByItsOrder() {
        var t = new Acted()
                .line(9003, 0, "Taking over the master (user request).")
                .told(60_000)
                .getFirst();
        assertEquals(Kind.TAKEOVER, t.kind());
        assertEquals(Outcome.TAKEN_OVER, t.outcome());
        assertEquals(Optional.of(id(9003)), t.winner());
        assertEquals(t.began(), t.stage(Stage.PROMOTED).from().orElseThrow());
    }

    /** Started again a moment before it was replaced after all; what others still say of its loss then is of no other. */
    @Test
    void whoIsBackJustBeforeItIsReplacedIsLostOnce() {
        var t = new Acted()
                .told(
                        90_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 6_100, What.HEARS_FAIL, 9000),
                        saw(9001, 6_100, What.STATE_FAIL, 0),
                        saw(9003, 6_800, What.ASKS, 0),
                        saw(9000, 6_900, What.BACK, 0),
                        saw(9003, 7_100, What.MASTER_NOW, 0),
                        saw(9002, 7_150, What.HEARS_FAIL, 9000),
                        saw(9001, 7_200, What.STATE_OK, 0))
                .getFirst();
        assertEquals(Outcome.TAKEN_OVER, t.outcome());
        assertEquals(Optional.of(Duration.ofMillis(7_200)), t.outage());
    }

    /** Cut off from the winner alone; all others had long seen the old master back as a replica. */
    @Test
    void whoServesLongAfterTheOldMasterIsBackIsWaitedFor() {
        var t = new Acted()
                .told(
                        90_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 6_100, What.HEARS_FAIL, 9000),
                        saw(9002, 6_100, What.HEARS_FAIL, 9000),
                        saw(9002, 6_100, What.STATE_FAIL, 0),
                        saw(9003, 7_000, What.ASKS, 0),
                        saw(9003, 7_100, What.MASTER_NOW, 0),
                        saw(9001, 10_000, What.CLEARS_FAIL, 9000),
                        saw(9002, 10_000, What.CLEARS_FAIL, 9000),
                        saw(9002, 30_000, What.STATE_OK, 0))
                .getFirst();
        assertEquals(Outcome.TAKEN_OVER, t.outcome());
        assertEquals(Optional.of(Duration.ofMillis(30_000)), t.outage());
    }

    /** One that was cut off itself comes back with stale gossip of the old master, which so seems to be lost anew. */
    @Test
    void whoServesAfterTheOldMasterSeemedLostAnewIsWaitedFor() {
        var t = new Acted()
                .told(
                        90_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9002, 100, What.STATE_FAIL, 0),
                        saw(9001, 6_100, What.HEARS_FAIL, 9000),
                        saw(9003, 7_000, What.ASKS, 0),
                        saw(9003, 7_100, What.MASTER_NOW, 0),
                        saw(9000, 8_000, What.BACK, 0),
                        saw(9000, 8_100, What.FOLLOWS, 9003),
                        saw(9002, 15_000, What.MARKS_FAIL, 9000),
                        saw(9002, 15_100, What.STATE_OK, 0))
                .getFirst();
        assertEquals(Outcome.TAKEN_OVER, t.outcome());
        assertEquals(Optional.of(Duration.ofMillis(15_100)), t.outage());
    }

    /** The network broke once more before the old master was back. */
    @Test
    void whoRefusesOnceMoreHasAnotherCause() {
        var t = new Acted()
                .told(
                        90_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 6_100, What.HEARS_FAIL, 9000),
                        saw(9001, 6_100, What.STATE_FAIL, 0),
                        saw(9003, 7_000, What.ASKS, 0),
                        saw(9001, 7_050, What.STATE_OK, 0),
                        saw(9003, 7_200, What.MASTER_NOW, 0),
                        saw(9001, 12_000, What.STATE_FAIL, 0),
                        saw(9001, 14_000, What.STATE_OK, 0))
                .getFirst();
        assertEquals(Outcome.TAKEN_OVER, t.outcome());
        assertEquals(Optional.of(Duration.ofMillis(7_200)), t.outage());
    }

    /** It was away itself, and learned of the loss when all was done. */
    @Test
    void whoHearsOfTheLossLaterHadNoPartInIt() {
        var t = new Acted()
                .told(
                        90_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 6_100, What.HEARS_FAIL, 9000),
                        saw(9003, 7_000, What.ASKS, 0),
                        saw(9003, 7_100, What.MASTER_NOW, 0),
                        saw(9004, 9_000, 6_000, What.HEARS_FAIL, 9000),
                        saw(9002, 12_000, What.HEARS_FAIL, 9000))
                .getFirst();
        assertEquals(
                Optional.of(Duration.ofMillis(7_100)),
                t.stage(Stage.PROMOTED).to().map(to -> Duration.between(t.began(), to)));
    }

    /** We can't reach it, and it is one of those who see that a replica is down. */
    @Test
    void whomNobodyElseMindsIsNotLostForWhatItSaysOfOthers() {
        assertEquals(
                List.of(),
                new Acted()
                        .told(
                                60_000,
                                saw(9000, 0, 550, What.GONE, 0),
                                saw(9000, 600, 1_150, What.SUSPECTS, 9004),
                                saw(9000, 1_750, What.BACK, 0)));
    }

    /** That it was started is known only since it answers us; until then others have nothing new to say of it. */
    @Test
    void whoWasStartedAtSomeTimeIsNotLostAnewBeforeItIsSurelyThere() {
        var t = new Acted()
                .told(
                        90_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9001, 6_100, What.HEARS_FAIL, 9000),
                        saw(9002, 6_100, What.STATE_FAIL, 0),
                        saw(9003, 7_000, What.ASKS, 0),
                        saw(9003, 7_100, What.MASTER_NOW, 0),
                        saw(9000, 8_000, 6_000, What.STARTED, 0),
                        saw(9002, 13_500, What.HEARS_SUSPICION, 9000),
                        saw(9002, 13_600, What.STATE_OK, 0))
                .getFirst();
        assertEquals(Outcome.TAKEN_OVER, t.outcome());
        assertEquals(Optional.of(Duration.ofMillis(13_600)), t.outage());
    }

    /** Two do not answer us, one of them because only our way to it broke: that one is not stuck, and so not kept. */
    @Test
    void whomNobodyElseMindsIsNotStuck() {
        var told = new Acted()
                .told(
                        14_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9002, 500, 550, What.GONE, 0),
                        saw(9001, 6_000, What.SUSPECTS, 9000),
                        saw(9001, 6_500, What.HEARS_FAIL, 9000),
                        saw(9003, 7_000, What.ASKS, 0),
                        saw(9003, 7_100, What.MASTER_NOW, 0));
        assertEquals(List.of(Outcome.TAKEN_OVER, Outcome.RUNNING), outcomes(told), told::toString);
    }
}
