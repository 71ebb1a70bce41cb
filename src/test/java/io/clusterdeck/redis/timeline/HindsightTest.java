package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.NOON;
import static io.clusterdeck.redis.timeline.Acted.id;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.RemotePath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose replica was who before the logs that are left begin: 9003 is master today, 9000 and 9004 are its replicas. */
class HindsightTest {
    private static Fact line(long at, What what, int by, int about, String more) {
        var proof = new Evidence.LogLine(new HostName("h1"), new RemotePath("/r/" + by), by, at, what + " " + at);
        return new Fact(
                NOON.plusMillis(at),
                Duration.ofMillis(1),
                what,
                id(by),
                about == 0 ? Optional.empty() : Optional.of(id(about)),
                -1,
                more,
                proof);
    }

    private static List<Member> today() {
        return new Acted()
                .members().stream()
                        .map(m -> switch (m.address().port()) {
                            case 9003 -> m.following(Optional.empty(), 5461, "0–5460");
                            case 9000, 9004 -> m.following(Optional.of(id(9003)), 0, "");
                            default -> m;
                        })
                        .toList();
    }

    /** Whose master that one was just before noon. */
    private static Optional<Integer> master(int port, Fact... facts) {
        return new Hindsight(today(), List.of(facts))
                .before(NOON.minusSeconds(1)).stream()
                        .filter(m -> m.id().equals(id(port)))
                        .findFirst()
                        .orElseThrow()
                        .master()
                        .map(m -> Integer.parseInt(m.value(), 16));
    }

    /** Its log alone is there to tell that it followed the winner: that does not make it the old master. */
    @Test
    void aSiblingIsNotTakenForTheOldMaster() {
        assertEquals(
                Optional.of(9003),
                master(9004, line(0, What.WON, 9003, 0, ""), line(10, What.FOLLOWS, 9004, 9003, "S")));
    }

    /** A replica had failed a moment before, too, and followed as well; who wrote that it follows as a master was the old one. */
    @Test
    void whoFollowsAsAMasterWasReplaced() {
        assertEquals(
                Optional.of(9000),
                master(
                        9003,
                        line(-9_000, What.MARKS_FAIL, 9001, 9004, ""),
                        line(-2_000, What.MARKS_FAIL, 9001, 9000, ""),
                        line(0, What.WON, 9003, 0, ""),
                        line(10, What.FOLLOWS, 9004, 9003, "S"),
                        line(4_000, What.FOLLOWS, 9000, 9003, "M")));
    }

    /** The winner's log is not there: those who followed it tell that it won. */
    @Test
    void aWinnerWithoutALogIsToldByItsFollowers() {
        assertEquals(
                Optional.of(9000),
                master(
                        9003,
                        line(-2_000, What.MARKS_FAIL, 9001, 9000, ""),
                        line(10, What.FOLLOWS, 9004, 9003, "S"),
                        line(4_000, What.FOLLOWS, 9000, 9003, "M")));
    }

    /** The winner's log is not there. A replica that had died, too, comes back and follows it: as a replica, so it was not the one replaced. */
    @Test
    void whoFollowsAsAReplicaWasNotReplaced() {
        assertEquals(
                Optional.of(9003),
                master(
                        9004,
                        line(-2_000, What.MARKS_FAIL, 9001, 9004, ""),
                        line(4_000, What.FOLLOWS, 9004, 9003, "S")));
    }
}
