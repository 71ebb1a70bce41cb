package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.drill.Expected.OfShard;
import io.clusterdeck.redis.drill.Expected.Span;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.probe.Gaps.Gap;
import io.clusterdeck.redis.probe.Measured;
import io.clusterdeck.redis.probe.Measured.Mark;
import io.clusterdeck.words.Words;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a drill is judged by: what is surely the cluster's doing, in every shard that was broken. */
class DrillResultTest {
    private static final NodeAddress MASTER = new NodeAddress("10.0.0.1", 9000);
    private static final NodeAddress OTHER = new NodeAddress("10.0.0.2", 9000);
    private static final Span TWO_SECONDS = new Span(500, 2_000, 2_000);

    private static DrillResult result(Objective objective, List<Measured.OfShard> shards) {
        return new DrillResult(
                "1",
                "orders",
                "kill-master",
                "",
                2_000,
                new Expected(List.of(new OfShard(MASTER.toString(), TWO_SECONDS, List.of(), false)), Span.NONE),
                objective,
                new Measured(
                        Instant.EPOCH,
                        60_000,
                        List.of(new Mark(DrillResult.FAULT, 1_000), new Mark(DrillResult.RESTORE, 50_000)),
                        shards,
                        true),
                Map.of(),
                List.of());
    }

    private static Measured.OfShard shard(NodeAddress master, Gap... gaps) {
        return new Measured.OfShard(master, 5_461, 20, 100, 100, List.of(gaps), List.of(), List.of(), Map.of());
    }

    private static String verdict(DrillResult result) {
        return Words.in(Locale.ENGLISH).say(DrillWords.verdict(result));
    }

    /** The probe stood still for longer than the cluster was out. */
    @Test
    void anOutageIsNotHiddenBehindALongerStall() {
        var shard = shard(MASTER, new Gap(2_000, 7_000, 0), new Gap(10_000, 20_000, 9_900));
        for (var objective : List.of(new Objective(2_000, 0), Objective.AS_FORESEEN)) {
            var result = result(objective, List.of(shard));
            assertFalse(result.passed(), result::toString);
            assertFalse(result.asForeseen());
            assertTrue(verdict(result).contains("5 s"), verdict(result));
        }
        assertEquals(
                "drill.unforeseen.time",
                DrillWords.foreseen(result(Objective.MAY_LOSE, List.of(shard))).key());
    }

    @Test
    void whatWasBrokenAndNotMeasuredIsNotPassed() {
        for (var objective : List.of(new Objective(2_000, 0), Objective.MAY_LOSE)) {
            var result = result(objective, List.of(shard(OTHER)));
            assertFalse(result.passed());
            assertTrue(verdict(result).contains(MASTER.toString()), verdict(result));
            assertEquals(
                    "drill.unforeseen.unmeasured", DrillWords.foreseen(result).key());
        }
    }

    @Test
    void whoPassesInSpiteOfALongerTimeIsToldWhy() {
        var result = result(new Objective(2_000, 0), List.of(shard(MASTER, new Gap(2_000, 4_020, 30))));
        assertTrue(result.passed());
        assertTrue(verdict(result).contains("30 ms"), verdict(result));
    }
}
