package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.probe.Gaps.Gap;
import io.clusterdeck.redis.probe.Measured;
import io.clusterdeck.redis.timeline.Fact;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.Timeline;
import io.clusterdeck.redis.timeline.What;
import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a drill went.
 *
 * @param id the run's
 * @param winners who held each shard's slots after the fault, by the address of its first master; missing where nobody did
 * @param failovers what was recorded of them while it went on, the first one first; with what was measured of each
 * @param failure what ended it before everything that was foreseen had come; it was mended and read back all the same
 */
public record DrillResult(
        String id,
        String cluster,
        String drill,
        String about,
        long nodeTimeout,
        Expected expected,
        Objective objective,
        Measured measured,
        Map<String, String> winners,
        List<Kept> failovers,
        Optional<Say> failure) {

    /** The marks between which a fault and its consequences are measured; what is handed back afterwards is measured apart. */
    public static final String FAULT = "fault";

    public static final String MEND = "mend";
    public static final String RESTORE = "restore";

    public DrillResult {
        winners = Map.copyOf(winners);
        failovers = List.copyOf(failovers);
    }

    DrillResult with(List<Kept> told) {
        return new DrillResult(
                id, cluster, drill, about, nodeTimeout, expected, objective, measured, winners, told, failure);
    }

    /** The longest time without writes through this shard, from the fault until the hand-back. */
    public Gap withoutWrites(Measured.OfShard shard) {
        return shard.withoutWrites(measured.at(FAULT), measured.at(RESTORE));
    }

    /** Of these times the one by which a shard is judged. */
    Gap judged(Measured.OfShard shard) {
        return shard.surelyWithoutWrites(measured.at(FAULT), measured.at(RESTORE));
    }

    /** When the fault began, on this computer's clock. */
    public Instant zero() {
        return measured.began().plusMillis(measured.at(FAULT));
    }

    public Gap withoutReads(Measured.OfShard shard) {
        return shard.withoutReads(measured.at(FAULT), measured.at(RESTORE));
    }

    /** The longest time without writes while everything was put back as it was. */
    public Gap restoring(Measured.OfShard shard) {
        return shard.withoutWrites(measured.at(RESTORE), measured.took());
    }

    /** The worst of all shards, in milliseconds. */
    public long worst() {
        return measured.shards().stream()
                .mapToLong(s -> withoutWrites(s).length())
                .max()
                .orElse(0);
    }

    public List<Measured.Lost> lost() {
        return measured.shards().stream().flatMap(s -> s.lost().stream()).toList();
    }

    public int written() {
        return measured.shards().stream().mapToInt(Measured.OfShard::written).sum();
    }

    /** Whether all came that was foreseen, no shard was longer without writes, and each named winner won. */
    public boolean asForeseen() {
        boolean times =
                measured.shards().stream().allMatch(s -> foreseen(s, judged(s).sure()));
        return failure.isEmpty()
                && times
                && unmeasured().isEmpty()
                && expected.shards().stream().allMatch(this::foreseen);
    }

    /** Whose shard was broken, and not measured: nothing is known of it. */
    List<String> unmeasured() {
        var masters = measured.shards().stream().map(s -> s.master().toString()).toList();
        return expected.masters().stream().filter(m -> !masters.contains(m)).toList();
    }

    private boolean foreseen(Measured.OfShard shard, long without) {
        return expected.of(shard.master().toString()).holds(without, repeated());
    }

    /** Whether some attempt at taking over failed while it went on, as the timelines show: it has to be repeated then. */
    boolean repeated() {
        return failovers.stream().map(Kept::timeline).anyMatch(DrillResult::repeated);
    }

    /** Given up or expired; or asked for votes twice: views show who asked only by counters, which may rise twice for one request. */
    private static boolean repeated(Timeline t) {
        var asked = t.facts().stream().filter(f -> f.is(What.ASKS)).toList();
        return t.outcome() == Timeline.Outcome.GIVEN_UP
                || t.facts().stream().anyMatch(f -> f.is(What.EXPIRED))
                || asked.stream().filter(Fact::logged).count() > 1
                || asked.stream().map(Fact::by).distinct().count() > 1;
    }

    /** Whether one of those that were named for this shard took over, where somebody did. */
    boolean foreseen(Expected.OfShard shard) {
        return shard.heirs().isEmpty()
                || !winners.containsKey(shard.master())
                || shard.heirs().contains(winners.get(shard.master()));
    }

    /** Whether the time without writes kept to the objective. */
    public boolean timePassed() {
        return objective.writeGap() > 0
                ? measured.shards().stream().allMatch(s -> allowed(s, judged(s).sure()))
                : asForeseen();
    }

    /** Whether a shard may be so many milliseconds without writes. */
    boolean allowed(Measured.OfShard shard, long without) {
        return objective.writeGap() > 0 ? without <= objective.writeGap() : foreseen(shard, without);
    }

    /** Whether no more was lost than the objective allows; what was not read back did not pass. */
    public boolean lossPassed() {
        return objective.lost() < 0 || measured.readBack() && lost().size() <= objective.lost();
    }

    public boolean passed() {
        return failure.isEmpty() && unmeasured().isEmpty() && timePassed() && lossPassed();
    }
}
