package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.id;
import static io.clusterdeck.redis.timeline.Acted.saw;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.timeline.Timeline.Kind;
import io.clusterdeck.redis.timeline.Timeline.Outcome;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an operator ordered is told as that only where it decided who took over. */
class HandOversTest {
    private static final String ORDINARY = "Manual failover user request accepted.";
    private static final String LATE = "Manual failover timed out.";

    private static String why(Timeline t) {
        return t.why().getFirst().key();
    }

    /** Its master hung: the request times out, and an election follows. */
    @Test
    void oneThatTimesOutBeforeTheElectionDecidesNothing() {
        var t = new Acted()
                .line(9003, 300, ORDINARY)
                .line(9003, 5_400, LATE)
                .failover(0, 0, 13)
                .told(20_000)
                .getFirst();
        assertEquals(Kind.AUTOMATIC, t.kind(), () -> Shown.text(Kept.of(t)));
        assertEquals("timeline.why.elected", why(t));
        assertTrue(t.why().contains(Say.of("timeline.why.hand-late.before", "node", "9000")), t.why()::toString);
        assertEquals(StageSpan.State.DONE, t.stage(Stage.AGREED).state());
        assertEquals(StageSpan.State.DONE, t.stage(Stage.WAITS).state());
    }

    /** No log tells that it was given up: its master was held for lost before it had handed over. */
    @Test
    void oneWhoseMasterIsLostBeforeItHandedOverDecidesNothing() {
        var t = new Acted()
                .told(
                        20_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9003, 300, What.BY_HAND, 0),
                        saw(9001, 5_300, What.SUSPECTS, 9000),
                        saw(9001, 6_100, What.HEARS_FAIL, 9000),
                        saw(9003, 7_000, What.ASKS, 0),
                        saw(9001, 7_020, What.GRANTS, 0),
                        saw(9003, 7_030, What.MASTER_NOW, 0))
                .getFirst();
        assertEquals(Kind.AUTOMATIC, t.kind(), () -> Shown.text(Kept.of(t)));
    }

    /** As runbooks have it: the ordinary way first, then by force. */
    @Test
    void theLastRequestCounts() {
        for (var force : new String[] {"force", "takeover"}) {
            var t = new Acted()
                    .line(9003, 0, ORDINARY)
                    .line(9003, 5_100, LATE)
                    .line(
                            9003,
                            9_000,
                            force.equals("force")
                                    ? "Forced failover user request accepted."
                                    : "Taking over the master (user request).")
                    .line(9003, 9_100, "Failover election won: I'm the new master.")
                    .told(30_000)
                    .getFirst();
            assertEquals(force.equals("force") ? Kind.FORCED : Kind.TAKEOVER, t.kind(), () -> Shown.text(Kept.of(t)));
        }
    }

    /** That no write was lost follows from no more than that the replica had all data, and only its log tells that. */
    @Test
    void thatAllDataWasThereIsSaidWhereItIsToldOnly() {
        var asked = new Acted().line(9003, 0, ORDINARY);
        var won = "Failover election won: I'm the new master.";
        assertEquals(
                "timeline.why.manual",
                why(asked.line(9003, 200, won).told(20_000).getFirst()));
        var all = "All master replication stream processed, manual failover can start.";
        assertEquals(
                "timeline.why.manual.whole",
                why(asked.line(9003, 90, all).told(20_000).getFirst()));
    }

    /** It asked in vain, then the operator let it take over without asking: its counters tell both. */
    @Test
    void aTakeoverAfterAnElectionInVain() {
        var facts = new Fact[] {
            saw(9000, 0, What.GONE, 0),
            saw(9001, 5_300, What.SUSPECTS, 9000),
            saw(9001, 6_100, What.HEARS_FAIL, 9000),
            saw(9003, 7_000, What.ASKS, 0),
            saw(9003, 7_000, What.EPOCH, 0),
            saw(9003, 60_000, What.EPOCH, 0),
            saw(9003, 60_050, What.MASTER_NOW, 0)
        };
        var t = new Acted().told(80_000, facts).getFirst();
        assertEquals(Kind.TAKEOVER, t.kind(), () -> Shown.text(Kept.of(t)));
    }

    /** It was lost and agreed to be so before anybody looked: no flag changed since, and no operator had a hand in it. */
    @Test
    void whoWasLostBeforeWeLookedWasNotReplacedByForce() {
        var t = new Acted()
                .seenAs(m -> m.id().equals(id(9000))
                        ? new Member(
                                m.id(),
                                m.name(),
                                m.address(),
                                m.host(),
                                m.master(),
                                m.slots(),
                                m.ranges(),
                                -1,
                                -1,
                                false,
                                true)
                        : m)
                .told(
                        20_000,
                        saw(9003, 7_000, What.ASKS, 0),
                        saw(9003, 7_020, What.VOTES_IN, 0),
                        saw(9003, 7_020, What.VOTES_IN, 0),
                        saw(9003, 7_030, What.MASTER_NOW, 0))
                .getFirst();
        assertEquals(Kind.AUTOMATIC, t.kind(), () -> Shown.text(Kept.of(t)));
        assertEquals(Outcome.TAKEN_OVER, t.outcome());
        assertEquals(Optional.of(id(9003)), t.winner());
        for (var stage : new Stage[] {Stage.SUSPECTED, Stage.AGREED, Stage.TOLD}) {
            assertEquals(StageSpan.State.UNSEEN, t.stage(stage).state(), () -> Shown.text(Kept.of(t)));
            assertEquals(
                    Say.of("timeline.did.before"), t.stage(stage).happened().getLast());
        }
    }

    /** What others show of the new master is known before its own words are: it is not of a suspicion that passed long before. */
    @Test
    void aSuspicionThatPassedHasNoPartInIt() {
        var seen = new Fact[] {
            saw(9000, 2_000, What.SUSPECTS, 9002),
            saw(9000, 4_200, What.TRUSTS, 9002),
            saw(9004, 23_934, What.SEES_MASTER, 9005),
            saw(9004, 23_934, What.GRANTS, 0)
        };
        var soon = new Acted().told(24_000, seen);
        assertEquals(
                List.of(Outcome.CAME_BACK, Outcome.TAKEN_OVER),
                soon.stream().map(Timeline::outcome).toList(),
                soon::toString);
        var told = new Acted()
                .line(9005, 23_940, ORDINARY)
                .line(9002, 23_941, "Manual failover requested by replica " + id(9005) + ".")
                .line(9005, 23_960, "All master replication stream processed, manual failover can start.")
                .line(9005, 23_960, "Starting a failover election for epoch 20.")
                .line(9005, 23_961, "Failover election won: I'm the new master.")
                .told(60_000, seen);
        assertEquals(
                List.of(Outcome.CAME_BACK, Outcome.TAKEN_OVER),
                told.stream().map(Timeline::outcome).toList(),
                told::toString);
        assertEquals(Kind.MANUAL, told.getLast().kind());
        assertEquals(Optional.of(id(9005)), told.getLast().winner());
    }

    /** Handed over, lost there, and on its way back: others show that before its own words are known. */
    @Test
    void theWayBackIsNoPartOfTheHandOverBefore() {
        var acted = new Acted()
                .line(9003, 0, ORDINARY)
                .line(9000, 0, "Manual failover requested by replica " + id(9003) + ".")
                .line(9003, 1, "Failover election won: I'm the new master.");
        var told = acted.told(
                60_000,
                saw(9003, 9_000, What.GONE, 0),
                saw(9001, 14_000, What.SUSPECTS, 9003),
                saw(9001, 14_100, What.HEARS_FAIL, 9003),
                saw(9000, 15_000, What.MASTER_NOW, 0),
                saw(9003, 20_000, What.BACK, 0),
                saw(9003, 20_000, What.FOLLOWS, 9000),
                saw(9001, 30_000, What.SEES_MASTER, 9003),
                saw(9001, 30_000, What.STATE_OK, 0));
        var handedOver = told.getFirst();
        assertEquals(Kind.MANUAL, handedOver.kind());
        assertTrue(
                handedOver.facts().stream().allMatch(f -> f.at().isBefore(Acted.NOON.plusSeconds(15))),
                () -> Shown.text(Kept.of(handedOver)));
    }

    /** We could not reach it for long: what its counters tell then is what its log dates. */
    @Test
    void whatIsFoundOutLateIsNoOrderOfItsOwn() {
        var told = new Acted()
                .line(9003, 20_300, ORDINARY)
                .line(9003, 20_600, "Failover election won: I'm the new master.")
                .told(
                        60_000,
                        saw(9003, 10_000, 10_700, What.BY_HAND, 0),
                        saw(9003, 10_000, 10_700, What.ASKS, 0),
                        saw(9000, 20_250, What.BY_HAND_ASKED, 0));
        assertEquals(1, told.size(), told::toString);
        assertEquals(Kind.MANUAL, told.getFirst().kind());
    }

    /** Both are written within a millisecond. */
    @Test
    void ofTwoAtOnceTheOneThatIsWrittenLastCounts() {
        var t = new Acted()
                .line(9003, 0, ORDINARY)
                .line(9003, 0, "Taking over the master (user request).")
                .told(20_000)
                .getFirst();
        assertEquals(Kind.TAKEOVER, t.kind());
    }

    /** It hands over and is handed back at once; whoever is master again had no replicas of its own before. */
    @Test
    void whatWasDoneBeforeItWasMasterIsNotOfItsLoss() {
        var told = new Acted()
                .promoting()
                .told(
                        4_000,
                        saw(9003, 0, What.BY_HAND, 0),
                        saw(9003, 300, What.MASTER_NOW, 0),
                        saw(9000, 450, What.ASKS, 0),
                        saw(9000, 600, What.MASTER_NOW, 0),
                        saw(9001, 2_500, What.SUSPECTS, 9000));
        assertEquals(
                List.of(Optional.empty(), Optional.of(id(9003)), Optional.of(id(9000))),
                told.stream().map(Timeline::winner).toList(),
                told::toString);
    }

    /** Others show it a moment before the winner is looked at, and by then we had taken stock. */
    @Test
    void whoWonIsWhoWasAReplicaBeforeItCanHaveWon() {
        var before = new Acted().members();
        var won = saw(9003, 100, What.MASTER_NOW, 0);
        var after = new Promotions(List.of(won)).applied(before, Acted.NOON, Acted.NOON.plusMillis(200));
        var found = Episodes.of(
                List.of(won), at -> new Roster(at.isBefore(Acted.NOON.plusMillis(70)) ? before : after), Terms.USUAL);
        assertEquals(List.of(id(9000)), found.stream().map(e -> e.failed).toList());
    }

    /** A dead master shows as one without slots until it says itself whom it follows, also where that was just before we took stock. */
    @Test
    void whoFollowsAnotherIsItsReplicaFromThenOn() {
        var empty = new Acted()
                .seenAs(m -> m.id().equals(id(9000)) ? m.following(Optional.empty(), 0, "") : m)
                .members();
        var follows = saw(9000, -20, What.FOLLOWS, 9001);
        var then = new Roster(new Promotions(List.of(follows)).applied(empty, Acted.NOON, Acted.NOON.plusMillis(200)));
        assertEquals(Optional.of(id(9001)), then.masterOf(id(9000)));
    }

    /** Forced as soon as its master died, before anybody suspected that: who is suspected later has been replaced already. */
    @Test
    void whoIsSuspectedOnceItIsReplacedWasReplacedByForce() {
        var t = new Acted()
                .told(
                        20_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9003, 250, What.ASKS, 0),
                        saw(9003, 250, What.VOTES_IN, 0),
                        saw(9003, 250, What.VOTES_IN, 0),
                        saw(9003, 250, What.MASTER_NOW, 0),
                        saw(9001, 250, What.SEES_MASTER, 9003),
                        saw(9001, 6_000, What.SUSPECTS, 9000),
                        saw(9002, 6_500, What.HEARS_FAIL, 9000))
                .getFirst();
        assertEquals(Kind.FORCED, t.kind(), () -> Shown.text(Kept.of(t)));
        assertEquals(Acted.NOON.plusMillis(250), t.stage(Stage.PROMOTED).to().orElseThrow());
    }
}
