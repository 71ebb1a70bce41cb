package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.drill.Expected.OfShard;
import io.clusterdeck.redis.drill.Expected.Span;
import io.clusterdeck.redis.forecast.Forecast;
import io.clusterdeck.redis.forecast.Forecast.Outage;
import io.clusterdeck.redis.forecast.Loss;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Successors;
import java.time.Duration;
import java.util.List;

/** What is foreseen of a drill, in times that can be compared with what is measured. */
final class Foresight {
    /** After the drill should be over, whatever became of us. */
    private static final Duration SPARE = Duration.ofSeconds(15);

    /** What a manual failover may take: its client pause, and the limit after which it gives up (CLUSTER_MF_TIMEOUT in cluster.h). */
    static final Span HAND_OVER = new Span(0, 1_000, 5_000);

    /** A slot map of 16,384 that refuses from the agreement until it is whole again. */
    static final Span MOMENT = new Span(0, 2_000, 4_000);

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
                    case REFUSE, NO_MAJORITY -> untilBack();
                });
        return forecast;
    }

    private Span span(Outage outage) {
        return switch (outage) {
            case Outage.Between(long from, long to, long worst) -> new Span(from, to, worst);
            case Outage.ForGood forGood -> untilBack();
        };
    }

    long worst(Outage outage) {
        return span(outage).worst();
    }

    /** The fault lasts; then the nodes start, are cleared of FAIL after two node-timeouts, and wait before they serve (rejoin delay, 5 s). */
    private Span untilBack() {
        long hold = to.drill.hold() > 0 ? to.drill.hold() * 1_000L : to.terms.nodeTimeout() + 3_000;
        long back = hold + 2 * to.terms.nodeTimeout() + 8_000;
        return new Span(hold, back, back + to.terms.retry());
    }

    static List<String> heirs(Successors successors) {
        return switch (successors) {
            case Successors.Nobody nobody -> List.of();
            case Successors.One one -> List.of(one.winner().address().toString());
            case Successors.Any any ->
                any.candidates().stream().map(c -> c.address().toString()).toList();
        };
    }

    /** How long the cluster may take to notice and to recover, an election that is repeated included. */
    Duration patience() {
        return Duration.ofMillis(20_000 + 5 * to.terms.nodeTimeout() + to.terms.retry())
                .plus(SPARE);
    }
}
