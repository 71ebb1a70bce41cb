package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.drill.Expected.OfShard;
import io.clusterdeck.redis.drill.Expected.Span;
import io.clusterdeck.redis.forecast.Forecast;
import io.clusterdeck.redis.forecast.Forecast.Outage;
import io.clusterdeck.redis.forecast.Loss;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Successors;
import io.clusterdeck.redis.nodes.Terms;
import java.time.Duration;
import java.util.List;

/** What is foreseen of a drill, in times that can be compared with what is measured. */
final class Foresight {
    /** After the drill should be over, whatever became of us. */
    private static final Duration SPARE = Duration.ofSeconds(15);

    /** Packets are lost for so long where nobody says how long. */
    private static final Duration SLOW = Duration.ofSeconds(15);

    /** So much longer than the node-timeout lasts what is not mended by the cluster, that it is surely noticed. */
    private static final Duration NOTICED = Duration.ofSeconds(3);

    /**
     * What a manual failover may take. From: nothing, where no write comes meanwhile. To: one ping with the offset, one round of votes at
     * once (no delay for mf_end; clusterHandleSlaveFailover), then each client finds the new master, at worst after a command that is
     * never answered (300 ms for the probe) and another that asks the wrong node. Worst: the limit after which it gives up and the
     * master goes on (CLUSTER_MF_TIMEOUT in cluster.h, 5 s).
     */
    static final Span HAND_OVER = new Span(0, 1_000, 5_000);

    /**
     * All other shards under cluster-require-full-coverage: they refuse from FAIL (clusterUpdateState) until the winner's slots are told.
     * From: the fixed 500 ms of the election's delay. To: that and up to 500 ms of random delay before the vote (clusterHandleSlaveFailover), the rejoin delay of at least 500 ms
     * (CLUSTER_MIN_REJOIN_DELAY) where a master was cut off, and a client's own round. Worst: one rank more costs 1 s, and clusterCron
     * looks ten times a second.
     */
    static final Span MOMENT = new Span(500, 2_000, 4_000);

    private final Rehearsal to;

    Foresight(Rehearsal to) {
        this.to = to;
    }

    /** What their loss does: told, and kept to be compared. */
    Forecast foresee(List<Node> nodes) {
        var forecast = Forecast.of(to.state, Loss.of(nodes), to.terms);
        to.lasts |= forecast.lasts();
        to.costs.addAll(forecast.impact().says());
        for (var shard : forecast.shards()) {
            to.expect(new OfShard(
                    shard.master().address().toString(),
                    span(shard.outage()),
                    shard.outage() instanceof Outage.ForGood ? List.of() : heirs(shard.successors()),
                    shard.successors() instanceof Successors.One));
        }
        to.others(
                switch (forecast.others()) {
                    case NONE, SERVE -> Span.NONE;
                    case REFUSE_FOR_A_MOMENT -> MOMENT;
                    case REFUSE, NO_MAJORITY -> onceSeen();
                });
        return forecast;
    }

    private Span span(Outage outage) {
        return switch (outage) {
            case Outage.Between some -> new Span(some.from(), some.to(), some.worst());
            case Outage.ForGood forGood -> untilBack();
        };
    }

    /**
     * From: the fault itself. To: then the nodes start (up to 3 s: fork, load), are cleared of FAIL after 2 × node-timeout
     * (CLUSTER_FAIL_UNDO_TIME_MULT), and wait before they serve: the node-timeout, 0.5 to 5 s (CLUSTER_MAX_REJOIN_DELAY). Worst: an
     * election that is repeated ({@link Terms#retry}).
     */
    private Span untilBack() {
        long hold = hold(true).toMillis();
        long back = hold + 2 * to.terms.nodeTimeout() + 8_000;
        return new Span(hold, back, back + to.terms.retry());
    }

    /**
     * Those that are not broken refuse when they know: a lost majority when they suspect it, an uncovered slot when it is agreed upon, at the
     * latest when a master would have been replaced but for the delay of the election.
     */
    private Span onceSeen() {
        var back = untilBack();
        return new Span(Math.max(0, back.from() - to.terms.outageTo() + 1_000), back.to(), back.worst());
    }

    /**
     * The masters of a host that is cut off, which clients still reach. Where nobody takes over they refuse, if they do, until they are back.
     * Else, from: a new master may serve before the old one refuses. To: the old
     * one refuses after node-timeout at least, when it sees no majority (clusterUpdateState in cluster.c), the new one serves as after a
     * death; where only its ears are shut the others hear it until it gives up the connections that do not answer, half a node-timeout more.
     */
    Span cutOff(Outage outage, Fault.Way way) {
        if (outage instanceof Outage.ForGood) {
            return new Span(0, untilBack().to(), untilBack().worst());
        }
        long heard = way == Fault.Way.IN ? to.terms.nodeTimeout() / 2 : 0;
        long refuses = to.terms.nodeTimeout();
        return new Span(0, to.terms.outageTo() + heard - refuses, span(outage).worst() + heard - refuses);
    }

    static List<String> heirs(Successors successors) {
        return switch (successors) {
            case Successors.Nobody nobody -> List.of();
            case Successors.One one -> List.of(one.winner().address().toString());
            case Successors.Any any ->
                any.candidates().stream().map(c -> c.address().toString()).toList();
        };
    }

    /** How long the faults last. @param lasts whether something stays without service until then */
    Duration hold(boolean lasts) {
        if (to.drill.hold() > 0) {
            return Duration.ofSeconds(to.drill.hold());
        }
        var slow = to.drill.faults().stream().anyMatch(Fault.Slow.class::isInstance) ? SLOW : Duration.ZERO;
        var noticed = lasts ? NOTICED.plusMillis(to.terms.nodeTimeout()) : Duration.ZERO;
        return slow.compareTo(noticed) > 0 ? slow : noticed;
    }

    /** How long the cluster may take to notice and to recover, longer than the steps wait for it. */
    Duration patience() {
        return Duration.ofMillis(20_000 + to.terms.thirdElection()).plus(SPARE);
    }
}
