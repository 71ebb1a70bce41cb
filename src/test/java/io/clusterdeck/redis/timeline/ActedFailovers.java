package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.NOON;
import static io.clusterdeck.redis.timeline.Acted.id;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.redis.snapshot.Exemplar;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Failovers to look at. */
public final class ActedFailovers {
    private static final long LONG_AGO = -3 * 86_400_000L;

    private ActedFailovers() {}

    /** 9000 died, 9003 took over; its writes were measured. */
    public static Kept taken() {
        var told = new Acted()
                .ahead("h2", 38)
                .ahead("h3", -112)
                .line(9001, 5020, "*** NODE " + id(9000) + " possibly failing")
                .line(9002, 5610, "*** NODE " + id(9000) + " possibly failing")
                .failover(0, 0, 13)
                .told(20_000)
                .getFirst();
        var gap = new Measured.Gap("0–5460", NOON, NOON.plusMillis(7080));
        var winner = new Measured.Expected(
                Say.of("failovers.fact.winner"),
                Say.of("failovers.proof.text", "text", "9003"),
                Say.of("failovers.proof.text", "text", "9003"));
        return new Kept(
                told,
                Optional.of(new Measured(List.of(gap), 6204, List.of(), List.of(winner))),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, with the cluster as it was kept before and afterwards. */
    public static Kept whole() {
        var taken = taken();
        return new Kept(
                taken.timeline(),
                taken.measured(),
                Optional.of(document(Exemplar.before())),
                Optional.of(document(Exemplar.after())));
    }

    private static String document(Snapshot snapshot) {
        try {
            return new ObjectMapper().readTree(SnapshotJson.text(snapshot)).toString();
        } catch (JsonProcessingException ours) {
            throw new IllegalStateException(ours);
        }
    }

    /** 9000 is lost and its only replica has data that is too old. */
    public static Kept stuck() {
        return Kept.of(new Acted()
                .line(9001, LONG_AGO + 6130, "Marking node " + id(9000) + " as failing (quorum reached).")
                .line(9002, LONG_AGO + 6132, "FAIL message received from " + id(9001) + " about " + id(9000))
                .line(9001, LONG_AGO + 6133, "Cluster state changed: fail")
                .line(
                        9003,
                        LONG_AGO + 12_000,
                        "Currently unable to failover: Disconnected from master for longer than allowed. Please check"
                                + " the 'cluster-replica-validity-factor' configuration option.")
                .told(LONG_AGO + 20_000)
                .getFirst());
    }

    /** The same as whoever comes later finds it kept. */
    public static Kept undecided() {
        return Kept.of(stuck().timeline().untold());
    }

    /** 9003 asked for votes, was not given enough of them in time, and won with its second request. */
    public static Kept expired() {
        return Kept.of(new Acted()
                .line(9003, 7_000, "Currently unable to failover: Failover attempt expired.")
                .failover(0, 0, 13)
                .told(30_000)
                .getFirst());
    }

    /** 9005 moved to 9000, which had lost its last replica. */
    public static Kept migrated() {
        return Kept.of(new Acted()
                .line(9005, 400, "Migrating to orphaned master " + id(9000))
                .told(20_000)
                .getFirst());
    }

    /** 9003 has asked for votes and got the first. */
    public static Kept voting() {
        return Kept.of(new Acted()
                .dies(9000)
                .line(9001, 5020, "*** NODE " + id(9000) + " possibly failing")
                .line(9002, 6130, "Marking node " + id(9000) + " as failing (quorum reached).")
                .line(9001, 6132, "FAIL message received from " + id(9002) + " about " + id(9000))
                .line(9003, 6132, "FAIL message received from " + id(9002) + " about " + id(9000))
                .line(9003, 6200, "Start of election delayed for 824 milliseconds (rank #0, offset 77).")
                .line(9003, 7024, "Starting a failover election for epoch 13.")
                .line(9002, 7026, "Failover auth granted to " + id(9003) + " for epoch 13")
                .told(7_100)
                .getFirst());
    }

    /** 9003 has just asked for votes. */
    public static Kept running() {
        return running(Acted.NOON);
    }

    /** That one when it was taken over. */
    public static Kept ended(Kept running) {
        return Kept.of(taken().timeline().named(running.timeline().id()));
    }

    /** @param began when its master was lost */
    public static Kept running(Instant began) {
        return Kept.of(new Acted()
                .at(began)
                .dies(9000)
                .line(9002, 6130, "Marking node " + id(9000) + " as failing (quorum reached).")
                .line(9001, 6132, "FAIL message received from " + id(9002) + " about " + id(9000))
                .line(9003, 6132, "FAIL message received from " + id(9002) + " about " + id(9000))
                .line(9003, 6200, "Start of election delayed for 824 milliseconds (rank #0, offset 77).")
                .line(9003, 7024, "Starting a failover election for epoch 13.")
                .told(7_100)
                .getFirst());
    }
}
