package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.time.Duration;
import java.util.Optional;

/** Whether a fact is of a failover, and how near it is to it where it may be of several. Pure functions. */
final class Belonging {

    private Belonging() {}

    /** A master that sent two votes between two looks voted in two failovers. */
    static long times(Fact fact) {
        return fact.is(What.GRANTS) && fact.evidence() instanceof Evidence.Counter c ? c.to() - c.from() : 1;
    }

    /** Whether it tells of a victory that was before its master's own: epochs only grow. */
    private static boolean older(Fact fact, Episode e) {
        return fact.promoted().isPresent() && fact.number() > 0 && fact.number() <= e.epoch;
    }

    /** By what it tells, whatever the time. */
    static boolean of(Fact fact, Episode e) {
        return !older(fact, e) && about(fact, e);
    }

    private static boolean about(Fact fact, Episode e) {
        var failed = Optional.of(e.failed);
        return switch (fact.what()) {
            case GONE, BACK, SIGNAL, STARTED -> fact.by().equals(e.failed);
            case SUSPECTS, HEARS_FAIL, HEARS_SUSPICION, CLEARS_FAIL, LINK_LOST, TRUSTS ->
                fact.about().equals(failed) && whileMaster(fact, e);
            case MARKS_FAIL ->
                fact.about().equals(failed) && whileMaster(fact, e)
                        || fact.about().isEmpty() && hearsToo(fact, e);
            case MASTER_LOST,
                    MASTER_SILENT,
                    TOO_OLD,
                    DELAYED,
                    RANK_CHANGED,
                    WAITS,
                    ASKS,
                    LACKS_VOTES,
                    EXPIRED,
                    VOTES_IN,
                    WON,
                    MASTER_NOW,
                    EPOCH_SET,
                    CAUGHT_UP,
                    BY_HAND -> ofReplica(fact.by(), fact, e);
            case BY_HAND_ASKED -> fact.by().equals(e.failed);
            case BY_HAND_LATE -> fact.by().equals(e.failed) || ofReplica(fact.by(), fact, e);
            // who stands for its master does not vote on it: that is a vote of later, such as on the way back
            case GRANTS -> !e.roster.masterOf(fact.by()).equals(failed) && ofItsReplica(fact, e);
            case DENIES, SEES_MASTER -> ofItsReplica(fact, e);
            case FOLLOWS ->
                fact.by().equals(e.failed) && whileMaster(fact, e)
                        || fact.about().filter(id -> ofReplica(id, fact, e)).isPresent()
                        || e.migration && fact.about().equals(failed);
            case MIGRATES -> e.migration && fact.about().equals(failed);
            case SEEKS_MASTER -> false;
            case STATE_FAIL, STATE_OK, EPOCH -> true;
        };
    }

    /** Whether who marked somebody then shows this one as failed since then, and not a replica that was lost at about the same time. */
    private static boolean hearsToo(Fact fact, Episode e) {
        return e.onFailed(What.HEARS_FAIL)
                .filter(h -> h.by().equals(fact.by()))
                .anyMatch(h -> Duration.between(h.at(), fact.at())
                                .abs()
                                .compareTo(h.within().plus(fact.within()))
                        <= 0);
    }

    private static boolean ofItsReplica(Fact fact, Episode e) {
        return fact.about().filter(id -> !ofReplica(id, fact, e)).isEmpty();
    }

    /** Whether that one was its replica at the time. */
    private static boolean ofReplica(NodeId who, Fact fact, Episode e) {
        return e.roster.masterOf(who).equals(Optional.of(e.failed)) && whileMaster(fact, e);
    }

    private static boolean whileMaster(Fact fact, Episode e) {
        return !fact.latest().isBefore(e.rules);
    }

    /** Whether the lost master itself holds others for lost, at the time when they do so of it: the network is split. */
    static boolean otherSide(Fact fact, Episode e) {
        long apart = e.terms.nodeTimeout() / 2 + 1000;
        return (fact.is(What.SUSPECTS) || fact.is(What.HEARS_FAIL))
                && fact.by().equals(e.failed)
                && !e.migration
                && !fact.at().isBefore(e.opened.minusMillis(apart));
    }

    /** How far a fact without a name is from what it must go with: a vote from its question, a broadcast from what is heard of it. */
    static long distance(Fact fact, Episode e) {
        var partner = switch (fact.what()) {
            case GRANTS -> What.ASKS;
            case MARKS_FAIL -> What.HEARS_FAIL;
            default -> null;
        };
        if (partner == null || fact.about().isPresent()) {
            return -e.opened.toEpochMilli(); // the younger one
        }
        return e.all(partner)
                .mapToLong(f -> Math.abs(Episode.millis(f.at(), fact.at())))
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
