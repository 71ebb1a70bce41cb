package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.NOON;
import static io.clusterdeck.redis.timeline.Acted.id;
import static io.clusterdeck.redis.timeline.Acted.saw;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.RemotePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EpisodesTest {

    /** As right after 9003 took over from 9000: the old master is back, and nobody has shown yet that it is a replica. */
    private static Roster justTakenOver() {
        var members = new Acted()
                .members().stream()
                        .map(m -> switch (m.address().port()) {
                            case 9000 -> m.following(Optional.empty(), 0, "");
                            case 9003 -> m.following(Optional.empty(), 5461, "0–5460");
                            default -> m;
                        })
                        .toList();
        return new Roster(members);
    }

    private static Fact fact(long at, What what, int by, int about) {
        return new Fact(
                NOON.plusMillis(at),
                Duration.ofMillis(1),
                what,
                id(by),
                about == 0 ? Optional.empty() : Optional.of(id(about)),
                -1,
                "",
                new Evidence.Counter("test", 0, 1));
    }

    @Test
    void aHandBackRightAfterwardsIsWonByWhoAskedForIt() {
        var told = Episodes.of(
                List.of(
                        fact(-40, What.BY_HAND_ASKED, 9003, 0),
                        fact(0, What.BY_HAND_ASKED, 9003, 9000),
                        fact(30, What.WON, 9000, 0),
                        fact(50, What.FOLLOWS, 9003, 9000)),
                at -> justTakenOver(),
                new Terms(1000, 10, 10, true));
        assertEquals(1, told.size());
        assertEquals(id(9003), told.getFirst().failed);
        assertEquals(Optional.of(id(9000)), told.getFirst().winner());
    }

    /** It handed its shard back and is a replica; killed a minute later together with its master it is no master that was lost. */
    @Test
    void whoHandedBackAndIsLostLaterIsLostAsAReplica() {
        var told = Episodes.of(
                List.of(
                        fact(0, What.BY_HAND_ASKED, 9003, 9000),
                        fact(30, What.WON, 9000, 0),
                        fact(50, What.FOLLOWS, 9003, 9000),
                        fact(60_000, What.GONE, 9000, 0),
                        fact(60_100, What.GONE, 9003, 0),
                        fact(65_000, What.SUSPECTS, 9001, 9003),
                        fact(66_000, What.MARKS_FAIL, 9002, 9000),
                        fact(66_100, What.MARKS_FAIL, 9002, 9003),
                        fact(66_200, What.HEARS_FAIL, 9001, 9003),
                        fact(70_000, What.STARTED, 9003, 0),
                        fact(71_000, What.CLEARS_FAIL, 9001, 9003)),
                at -> at.isAfter(NOON.plusMillis(30)) ? new Roster(new Acted().members()) : justTakenOver(),
                new Terms(5000, 10, 10, true));
        assertEquals(
                List.of(id(9003), id(9000)), told.stream().map(e -> e.failed).toList());
        assertEquals(
                List.of(What.BY_HAND_ASKED, What.WON, What.FOLLOWS),
                told.getFirst().facts().stream().map(Fact::what).toList());
    }

    /** A cable that was cut one way for a moment: suspected by one of three, and nobody showed that it was over. */
    @Test
    void whoHandsOverWasNotLostInASuspicionBefore() {
        var told = Episodes.of(
                List.of(
                        fact(0, What.SUSPECTS, 9001, 9000),
                        fact(23_000, What.BY_HAND_ASKED, 9000, 9003),
                        fact(23_020, What.ASKS, 9003, 0),
                        fact(23_050, What.WON, 9003, 0)),
                at -> new Roster(new Acted().members()),
                new Terms(1000, 10, 10, true));
        assertEquals(2, told.size());
        assertEquals(Optional.empty(), told.getFirst().winner());
        assertEquals(
                List.of(What.BY_HAND_ASKED, What.ASKS, What.WON),
                told.getLast().facts().stream().map(Fact::what).toList());
    }

    /** 9003 votes on the way back a moment later, and a counter tells no more than that it voted. */
    @Test
    void whoStandsDoesNotVote() {
        var told = Episodes.of(
                List.of(
                        fact(0, What.GONE, 9000, 0),
                        fact(2000, What.ASKS, 9003, 0),
                        fact(2010, What.GRANTS, 9001, 0),
                        fact(2020, What.WON, 9003, 0),
                        fact(2030, What.GRANTS, 9003, 0)),
                at -> new Roster(new Acted().members()),
                new Terms(1000, 10, 10, true));
        assertEquals(
                List.of(What.GONE, What.ASKS, What.GRANTS, What.WON),
                told.getFirst().facts().stream().map(Fact::what).toList());
    }

    /** A host is lost with 9000 and with a replica: who broadcast the failure of the replica had not yet agreed on the master. */
    @Test
    void aBroadcastBelongsToWhatItsSenderShowsAsFailed() {
        var told = Episodes.of(
                List.of(
                        fact(0, What.GONE, 9000, 0),
                        fact(5_000, What.MARKS_FAIL, 9001, 0),
                        fact(5_000, What.HEARS_FAIL, 9001, 9005),
                        fact(5_900, What.MARKS_FAIL, 9002, 0),
                        fact(5_900, What.HEARS_FAIL, 9002, 9000),
                        fact(5_950, What.HEARS_FAIL, 9001, 9000)),
                at -> new Roster(new Acted().members()),
                new Terms(5000, 10, 10, true));
        assertEquals(
                List.of(id(9002)),
                told.getFirst().all(What.MARKS_FAIL).map(Fact::by).toList());
    }

    /** Killed and started at once, it minds the loss of its replica half a minute later: no failover goes on for ever. */
    @Test
    void whoWasBackBeforeAnybodyMindedIsNotLostByWhatItSaysLater() {
        var told = new Acted()
                .told(
                        60_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9003, 0, What.MASTER_LOST, 9000),
                        saw(9000, 700, What.BACK, 0),
                        saw(9000, 28_000, What.SUSPECTS, 9003),
                        saw(9000, 28_100, What.HEARS_FAIL, 9003),
                        saw(9001, 28_100, What.HEARS_FAIL, 9003));
        assertEquals(List.of(), told);
    }

    /** Our way to it broke for a moment; half a minute later it is lost indeed, and that is told, from when it was. */
    @Test
    void whoWasAwayForUsOnlyMayBeLostInEarnestSoonAfter() {
        var told = new Acted()
                .told(
                        60_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9000, 700, What.BACK, 0),
                        saw(9000, 28_000, What.GONE, 0),
                        saw(9001, 29_000, What.SUSPECTS, 9000),
                        saw(9001, 29_500, What.HEARS_FAIL, 9000),
                        saw(9003, 30_500, What.WON, 0),
                        saw(9003, 30_510, What.MASTER_NOW, 0));
        assertEquals(1, told.size());
        assertEquals(Optional.of(id(9003)), told.getFirst().winner());
        assertEquals(
                List.of(What.GONE, What.SUSPECTS, What.HEARS_FAIL, What.WON, What.MASTER_NOW),
                told.getFirst().facts().stream().map(Fact::what).toList());
    }

    /** Restarted as a replica, or suspected for a moment, it became master and died seconds later: that it had been back before is no end of this. */
    @Test
    void aReturnBeforeTheLossDoesNotEndIt() {
        for (var earlier : List.of(
                List.of(fact(0, What.GONE, 9003, 0), fact(700, What.BACK, 9003, 0)),
                List.of(fact(0, What.SUSPECTS, 9001, 9003), fact(700, What.TRUSTS, 9001, 9003)))) {
            var facts = new ArrayList<>(earlier);
            facts.add(fact(3_600, What.GONE, 9003, 0));
            facts.add(fact(4_800, What.SUSPECTS, 9001, 9003));
            facts.add(fact(5_200, What.HEARS_FAIL, 9002, 9003));
            var told = Episodes.of(
                    facts,
                    at -> at.isBefore(NOON.plusSeconds(2)) ? new Roster(new Acted().members()) : justTakenOver(),
                    new Terms(1000, 10, 10, true));
            assertEquals(1, told.size());
            assertTrue(
                    told.getFirst().facts().containsAll(facts.subList(2, 5)),
                    told.getFirst().facts()::toString);
        }
    }

    /** The old master hung, and goes on when its heir has just been lost: it becomes its replica, and takes over. */
    @Test
    void whoFollowsTheLostOneMayTakeOver() {
        var told = Episodes.of(
                List.of(
                        fact(0, What.GONE, 9003, 0),
                        fact(5_000, What.MARKS_FAIL, 9001, 9003),
                        fact(8_000, What.FOLLOWS, 9000, 9003),
                        fact(9_000, What.ASKS, 9000, 0),
                        fact(9_050, What.WON, 9000, 0)),
                at -> justTakenOver(),
                new Terms(1000, 10, 10, true));
        assertEquals(1, told.size());
        assertEquals(Optional.of(id(9000)), told.getFirst().winner());
    }

    /** Who could not be asked for long shows at some time what others had shown before it wrote it. */
    @Test
    void whatIsDatedRoughlyHidesNothingThatWasSurelyBefore() {
        var seen = saw(9001, 1_000, What.SEES_MASTER, 9003);
        var first = Episode.first(Stream.of(
                saw(9002, -200, 8_400, What.SEES_MASTER, 9003),
                seen,
                new Fact(
                        NOON.plusMillis(6_000),
                        Duration.ofMillis(2),
                        What.FOLLOWS,
                        id(9000),
                        Optional.of(id(9003)),
                        -1,
                        "M",
                        new Evidence.LogLine(new HostName("h1"), new RemotePath("/r"), 1, 0, "line"))));
        assertEquals(Optional.of(seen), first);
    }
}
