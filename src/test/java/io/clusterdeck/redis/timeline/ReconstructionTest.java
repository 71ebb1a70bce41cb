package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.NOON;
import static io.clusterdeck.redis.timeline.Acted.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.timeline.StageSpan.State;
import io.clusterdeck.redis.timeline.Timeline.Kind;
import io.clusterdeck.redis.timeline.Timeline.Outcome;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Failovers told from evidence, whole and in pieces. */
class ReconstructionTest {

    private static Timeline only(List<Timeline> told) {
        assertEquals(1, told.size(), told::toString);
        return told.getFirst();
    }

    private static long at(Optional<Instant> when) {
        return Duration.between(NOON, when.orElseThrow()).toMillis();
    }

    private static List<String> why(Timeline t) {
        return t.why().stream().map(Say::key).toList();
    }

    private static void whole(Timeline t, int n, long at) {
        var shown = Shown.text(Kept.of(t));
        assertEquals(Outcome.TAKEN_OVER, t.outcome(), shown);
        assertEquals(Optional.of(id(9003 + n)), t.winner(), shown);
        assertEquals(at, Duration.between(NOON, t.began()).toMillis(), shown);
        assertEquals(at + 6130, at(t.stage(Stage.AGREED).to()), shown);
        assertEquals(at + 6200, at(t.stage(Stage.ELIGIBLE).to()), shown);
        assertEquals(at + 7024, at(t.stage(Stage.WAITS).to()), shown);
        assertEquals(at + 7026, at(t.stage(Stage.VOTES).to()), shown);
        assertEquals(at + 7070, at(t.stage(Stage.SERVES).to()), shown);
        assertEquals(3, t.stage(Stage.VOTES).who().size(), "the candidate and two voters" + shown);
        assertEquals(Optional.of(Duration.ofMillis(7070)), t.outage(), shown);
    }

    @Test
    void hostsWhoseClocksDifferBySixSeconds() {
        var t = only(new Acted()
                .ahead("h1", 3000)
                .ahead("h3", -3000)
                .failover(0, 0, 13)
                .told(20_000));
        whole(t, 0, 0);
        assertEquals(13, t.epoch());
        assertTrue(t.facts().stream().allMatch(f -> f.within().toMillis() >= 2), "the clocks' error is shown");
    }

    /** What is lost with a log is said in the failovers that it may belong to, and in no others. */
    @Test
    void aLogWasEmptiedMeanwhile() {
        var two = new Acted()
                .failover(0, 0, 13)
                .failover(1, 60_000, 14)
                .cut(9002, 7_500)
                .told(90_000);
        assertEquals(2, two.size());
        var note = two.getFirst().notes().getFirst();
        assertEquals("timeline.note.cut", note.key());
        assertEquals(List.of("9002"), note.args().get("nodes"));
        assertEquals(List.of(), two.getLast().notes());
    }

    @Test
    void aVotersLogIsMissing() {
        var t = only(new Acted().noLog(9001).failover(0, 0, 13).told(20_000));
        assertEquals(Outcome.TAKEN_OVER, t.outcome());
        assertEquals(List.of(id(9003), id(9002)), t.stage(Stage.VOTES).who());
    }

    @Test
    void aCounterTellsTheVoteOfTheNodeWithoutALog() {
        var vote = new Fact(
                NOON.plusMillis(7020),
                Duration.ofMillis(50),
                What.GRANTS,
                id(9001),
                Optional.empty(),
                0,
                "",
                new Evidence.Counter("cluster_stats_messages_auth-ack_sent", 0, 1));
        var t = only(new Acted().noLog(9001).failover(0, 0, 13).told(20_000, vote));
        assertEquals(3, t.stage(Stage.VOTES).who().size());
    }

    @Test
    void nobodyVotesForAnotherThanTheCandidate() {
        var t = only(new Acted()
                .failover(0, 0, 13)
                .line(9004, 7025, "Failover auth granted to " + id(9003) + " for epoch 13")
                .line(9001, 7026, "Failover auth granted to " + id(9005) + " for epoch 13")
                .told(20_000));
        assertEquals(3, t.stage(Stage.VOTES).who().size(), "a replica has no vote");
    }

    @Test
    void twoAtOnceAreToldApart() {
        var told = new Acted()
                .masters(5)
                .dies(9000)
                .dies(9001)
                .failover(0, 0, 13)
                .failover(1, 400, 14)
                .told(20_000);
        assertEquals(2, told.size());
        for (int n = 0; n < 2; n++) {
            var t = told.get(n);
            var shown = Shown.text(Kept.of(t));
            assertEquals(id(9000 + n), t.failed(), shown);
            assertEquals(Optional.of(id(9005 + n)), t.winner(), shown);
            assertEquals(13 + n, t.epoch(), shown);
            assertEquals(n * 400 + 6130, at(t.stage(Stage.AGREED).to()), shown);
            assertEquals(n * 400 + 7026, at(t.stage(Stage.VOTES).to()), shown);
            assertEquals(4, t.stage(Stage.VOTES).who().size(), "the candidate and three voters" + shown);
        }
    }

    @Test
    void theSuspicionIsInTheLogAtDebugLevelOnly() {
        var plain = only(new Acted().failover(0, 0, 13).told(20_000)).stage(Stage.SUSPECTED);
        assertEquals(State.UNSEEN, plain.state());
        assertTrue(plain.facts().stream().anyMatch(f -> f.evidence() instanceof Evidence.Reckoned));
        var debug = only(new Acted()
                        .failover(0, 0, 13)
                        .line(9001, 5020, "*** NODE " + id(9000) + " possibly failing")
                        .told(20_000))
                .stage(Stage.SUSPECTED);
        assertEquals(State.DONE, debug.state());
        assertEquals(5020, at(debug.to()));
        assertEquals(List.of(id(9001)), debug.who());
    }

    @Test
    void noReplica() {
        var t = only(new Acted()
                .replicas(0)
                .line(9001, 6130, "Marking node " + id(9000) + " as failing (quorum reached).")
                .line(9002, 6132, "FAIL message received from " + id(9001) + " about " + id(9000))
                .told(20_000));
        assertEquals(Outcome.STUCK, t.outcome());
        assertEquals("timeline.why.no-replica", why(t).getFirst());
        assertEquals(State.FAILED, t.stage(Stage.ELIGIBLE).state());
    }

    @Test
    void dataTooOld() {
        var t = only(new Acted()
                .line(9001, 6130, "Marking node " + id(9000) + " as failing (quorum reached).")
                .line(
                        9003,
                        12_000,
                        "Currently unable to failover: Disconnected from master for longer than allowed. Please check"
                                + " the 'cluster-replica-validity-factor' configuration option.")
                .told(20_000));
        assertEquals(Outcome.STUCK, t.outcome());
        assertTrue(why(t).getFirst().startsWith("timeline.why.too-old"), why(t)::toString);
        assertEquals(60_000L, t.why().getFirst().args().get("limit"));
    }

    @Test
    void votesDeniedEachWithItsReason() {
        var t = only(new Acted()
                .line(9001, 6130, "Marking node " + id(9000) + " as failing (quorum reached).")
                .line(9003, 7000, "Starting a failover election for epoch 4.")
                .line(9001, 7001, "Failover auth denied to " + id(9003) + ": already voted for epoch 4")
                .line(9002, 7001, "Failover auth denied to " + id(9003) + ": slot 17 epoch (9) > reqEpoch (4)")
                .told(20_000));
        assertEquals(List.of("timeline.why.votes", "timeline.why.denied", "timeline.why.denied"), why(t).subList(0, 3));
        assertEquals(
                List.of("timeline.denied.voted", "timeline.denied.slot"),
                t.why().subList(1, 3).stream()
                        .map(s -> ((Say) s.args().get("reason")).key())
                        .toList());
    }

    @Test
    void byHand() {
        var t = only(new Acted()
                // of another failover, which is over
                .line(9001, -3000, "Cluster state changed: fail")
                .line(9001, -2000, "Cluster state changed: ok")
                .line(9003, 0, "Manual failover user request accepted.")
                .line(9000, 1, "Manual failover requested by replica " + id(9003) + ".")
                .line(9003, 90, "All master replication stream processed, manual failover can start.")
                .line(9003, 90, "Start of election delayed for 0 milliseconds (rank #0, offset 77).")
                .line(9003, 190, "Starting a failover election for epoch 5.")
                .line(9001, 191, "Failover auth granted to " + id(9003) + " for epoch 5")
                .line(9002, 191, "Failover auth granted to " + id(9003) + " for epoch 5")
                .line(9003, 192, "Failover election won: I'm the new master.")
                .line(9000, 195, "Configuration change detected. Reconfiguring myself as a replica of " + id(9003))
                .told(20_000));
        assertEquals(Kind.MANUAL, t.kind());
        assertEquals(Outcome.TAKEN_OVER, t.outcome());
        assertEquals(State.SKIPPED, t.stage(Stage.AGREED).state());
        assertEquals(190, at(t.stage(Stage.WAITS).to()));
        assertEquals(
                "timeline.did.serves.calm",
                t.stage(Stage.SERVES).happened().getFirst().key());
    }

    @Test
    void beforeWeLookedTheRolesWereOthers() {
        var after = new Acted()
                .members().stream()
                        .map(m -> switch (m.name()) {
                            case "9000" -> turned(m, Optional.of(id(9003)), 0);
                            case "9003" -> turned(m, Optional.empty(), 5461);
                            default -> m;
                        })
                        .toList();
        var facts = only(new Acted().failover(0, 0, 13).told(20_000)).facts();
        var before = new Hindsight(after, facts).before(NOON);
        assertEquals(
                new Acted().members().stream().map(Member::master).toList(),
                before.stream().map(Member::master).toList());
    }

    /** Who saw a new master only, and not that it asked nobody, does not say so. */
    @Test
    void aTakeoverIsToldByTheWinnersOwnCountersOnly() {
        var suspicion = seen(5_100, What.SUSPECTS, 9001, Optional.of(id(9000)));
        var gone = seen(0, What.GONE, 9000, Optional.empty());
        var heard = seen(7_100, What.SEES_MASTER, 9001, Optional.of(id(9003)));
        var itself = seen(7_100, What.MASTER_NOW, 9003, Optional.empty());
        assertEquals(
                Kind.AUTOMATIC,
                only(new Acted().told(20_000, gone, suspicion, heard)).kind());
        assertEquals(
                Kind.TAKEOVER,
                only(new Acted().told(20_000, gone, suspicion, heard, itself)).kind());
    }

    private static Fact seen(long at, What what, int by, Optional<io.clusterdeck.redis.model.NodeId> about) {
        var proof = new Evidence.View(Say.of("timeline.saw.replica"));
        return new Fact(NOON.plusMillis(at), Duration.ofMillis(50), what, id(by), about, 13, "", proof);
    }

    /** Two in a row: the second is told by nothing of the first, and what its master had said of the first is no split network. */
    @Test
    void anEarlierFailoverIsNoneOfItsEvidence() {
        var told = new Acted()
                .masters(5)
                .failover(0, 0, 13)
                .line(9001, 6_200, "Cluster state changed: fail")
                .failover(1, 8_000, 14)
                .told(40_000);
        assertEquals(2, told.size());
        var second = told.get(1);
        var shown = Shown.text(Kept.of(second));
        assertEquals(id(9001), second.failed(), shown);
        assertEquals(State.DONE, second.stage(Stage.SERVES).state(), shown);
        assertTrue(
                second.facts().stream()
                        .noneMatch(f -> f.at().isBefore(second.began().minusSeconds(2))),
                shown);
        assertTrue(second.facts().stream().noneMatch(f -> f.isAbout(id(9000))), shown);
    }

    @Test
    void failoversThatFollowOneAnotherAtOnceBeginFromWhatTheFirstLeft() {
        var calm = new Acted().members();
        var won = only(new Acted().failover(0, 0, 13).told(20_000)).facts();
        var after = new Promotions(won).applied(calm, NOON, NOON.plusSeconds(10));
        var winner =
                after.stream().filter(m -> m.id().equals(id(9003))).findFirst().orElseThrow();
        assertTrue(winner.voter());
        assertEquals(
                Optional.of(id(9003)),
                after.stream()
                        .filter(m -> m.id().equals(id(9000)))
                        .findFirst()
                        .orElseThrow()
                        .master());
        assertEquals(calm, new Promotions(won).applied(calm, NOON, NOON.plusMillis(7_000)));
    }

    private static Member turned(Member m, Optional<io.clusterdeck.redis.model.NodeId> master, int slots) {
        return new Member(m.id(), m.name(), m.address(), m.host(), master, slots, "", 77, -1, true, false);
    }
}
