package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.probe.Gaps;
import io.clusterdeck.redis.probe.Measured;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.Measured.Expected;
import io.clusterdeck.redis.timeline.Member;
import io.clusterdeck.redis.timeline.Timeline;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Puts what a drill measured and had foretold beside the failovers that were recorded while it went on. */
record Told(DrillResult result) {

    /** The same failover with what was measured of its shard; as it was where that shard was not probed. */
    Kept in(Kept kept) {
        var t = kept.timeline();
        return shard(t).map(s -> new Kept(t, Optional.of(measured(t, s)), kept.before(), kept.after()))
                .orElse(kept);
    }

    /** The shard by its first master, who was lost, or gets it back. */
    private Optional<Measured.OfShard> shard(Timeline t) {
        var names = new ArrayList<String>();
        t.member(t.failed()).ifPresent(m -> names.add(m.address().toString()));
        t.winner().flatMap(t::member).ifPresent(m -> names.add(m.address().toString()));
        return result.measured().shards().stream()
                .filter(s -> names.contains(s.master().toString()))
                .findFirst();
    }

    private io.clusterdeck.redis.timeline.Measured measured(Timeline t, Measured.OfShard shard) {
        var gap = gap(t, shard);
        return new io.clusterdeck.redis.timeline.Measured(
                gap.stream().map(g -> shown(t, g)).toList(),
                shard.written(),
                shard.lost().stream().map(Measured.Lost::key).toList(),
                first(t, shard) ? expected(t, shard) : List.of());
    }

    /** Whether this one is what was foreseen, and not the hand-back. */
    private boolean first(Timeline t, Measured.OfShard shard) {
        var restoring = result.measured().began().plusMillis(result.measured().at(DrillResult.RESTORE));
        return t.began().isBefore(restoring)
                && t.member(t.failed())
                        .filter(m ->
                                m.address().toString().equals(shard.master().toString()))
                        .isPresent();
    }

    /** The longest that touches it. */
    private Optional<Gaps.Gap> gap(Timeline t, Measured.OfShard shard) {
        var began = result.measured().began();
        long from = java.time.Duration.between(began, t.began()).toMillis();
        long to = t.ended()
                .map(e -> java.time.Duration.between(began, e).toMillis())
                .orElse(result.measured().took());
        return shard.writeGaps().stream()
                .filter(g -> g.to() > from && g.from() < to)
                .max(Comparator.comparingLong(Gaps.Gap::length));
    }

    private io.clusterdeck.redis.timeline.Measured.Gap shown(Timeline t, Gaps.Gap gap) {
        var began = result.measured().began();
        var ranges = t.member(t.failed()).map(Member::ranges).orElse("");
        return new io.clusterdeck.redis.timeline.Measured.Gap(
                ranges, began.plusMillis(gap.from()), began.plusMillis(gap.to()));
    }

    private List<Expected> expected(Timeline t, Measured.OfShard shard) {
        var master = shard.master().toString();
        var all = new ArrayList<Expected>();
        result.expected().shards().stream()
                .filter(s -> s.master().equals(master))
                .findFirst()
                .ifPresent(s -> {
                    if (!s.heirs().isEmpty() && t.winner().isPresent()) {
                        all.add(new Expected(
                                Say.of("drill.outcome.winner"),
                                Say.of("drill.outcome.nodes", "nodes", s.heirs()),
                                Say.of(
                                        "drill.outcome.nodes",
                                        "nodes",
                                        List.of(t.member(t.winner().get())
                                                .map(m -> m.address().toString())
                                                .orElse("")))));
                    }
                    all.add(new Expected(
                            Say.of("drill.outcome.writes"),
                            DrillWords.span(s.outage()),
                            DrillWords.gap(result.withoutWrites(shard))));
                });
        return all;
    }
}
