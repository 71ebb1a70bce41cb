package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.drill.Expected.OfShard;
import io.clusterdeck.redis.drill.Expected.Span;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.probe.Gaps.Gap;
import io.clusterdeck.redis.probe.Measured;
import io.clusterdeck.redis.probe.Measured.Mark;
import io.clusterdeck.redis.timeline.ActedFailovers;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.words.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                        true,
                        Optional.empty(),
                        350),
                Map.of(),
                List.of(),
                Optional.empty());
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

    /** Short as the outage may be, and whatever the objective: what was foreseen did not come. */
    @Test
    void whatEndedEarlyIsNotPassedAndSaysWhy() {
        var plain = result(new Objective(5_000, -1), List.of(shard(MASTER, new Gap(2_000, 2_500, 0))));
        assertTrue(plain.passed() && plain.asForeseen());
        var why = Say.of("nodes.settle.not.taken-over", "node", MASTER.toString(), "t", 45_000);
        var early = new DrillResult(
                plain.id(),
                plain.cluster(),
                plain.drill(),
                plain.about(),
                plain.nodeTimeout(),
                plain.expected(),
                plain.objective(),
                plain.measured(),
                plain.winners(),
                plain.failovers(),
                Optional.of(why));
        assertFalse(early.passed() || early.asForeseen());
        var words = Words.in(Locale.ENGLISH);
        assertTrue(verdict(early).contains(words.say(why)), verdict(early));
        assertTrue(words.say(DrillWords.foreseen(early)).startsWith("Not as foreseen"));
        assertEquals(early, read(ResultJson.text(early)));
    }

    @Test
    void whatAStarvedProbeCannotTellIsSaid() {
        var result = result(Objective.AS_FORESEEN, List.of(shard(MASTER)));
        assertEquals(result, read(ResultJson.text(result)));
        var report = new DrillReport(result, Words.in(Locale.ENGLISH));
        for (var text : List.of(report.markdown(), report.html())) {
            assertTrue(text.contains("held the probe up for 350 ms"), text);
        }
    }

    private static DrillResult read(String text) {
        try {
            return ResultJson.read(text, "result");
        } catch (Failure broken) {
            throw new AssertionError(broken);
        }
    }

    /** The worst was foretold for an election that has to be repeated: one that went at once has no right to it. */
    @Test
    void theWorstCaseIsForWhomAnAttemptFailed() {
        var lasted = new Gap(2_000, 20_000, 0);
        assertFalse(of(lasted, List.of(ActedFailovers.taken())).asForeseen());
        assertFalse(of(lasted, List.of()).asForeseen());
        var repeated = of(lasted, List.of(ActedFailovers.expired()));
        assertTrue(repeated.asForeseen());
        assertEquals("drill.foreseen.worst", DrillWords.foreseen(repeated).key());
        assertFalse(
                of(new Gap(2_000, 40_000, 0), List.of(ActedFailovers.expired())).asForeseen());
        var short_ = of(new Gap(2_000, 4_400, 0), List.of(ActedFailovers.taken()));
        assertEquals("drill.foreseen", DrillWords.foreseen(short_).key());
    }

    private static DrillResult of(Gap gap, List<Kept> failovers) {
        var plain = result(Objective.AS_FORESEEN, List.of(shard(MASTER, gap)));
        var span = new Span(500, 2_000, 17_000);
        return new DrillResult(
                plain.id(),
                plain.cluster(),
                plain.drill(),
                plain.about(),
                plain.nodeTimeout(),
                new Expected(List.of(new OfShard(MASTER.toString(), span, List.of(), false)), Span.NONE),
                plain.objective(),
                plain.measured(),
                plain.winners(),
                failovers,
                Optional.empty());
    }

    @Test
    void lostWritesThatAreNotNamedAreCounted() {
        var lost = IntStream.range(0, 250)
                .mapToObj(i -> new Measured.Lost("key" + i, 2_000 + i, MASTER))
                .toList();
        var shard = new Measured.OfShard(MASTER, 5_461, 20, 900, 900, List.of(), List.of(), lost, Map.of());
        var report = new DrillReport(result(Objective.MAY_LOSE, List.of(shard)), Words.in(Locale.ENGLISH));
        for (var text : List.of(report.markdown(), report.html())) {
            assertTrue(text.contains("key199") && !text.contains("key200"));
            assertTrue(text.contains("50 more are not named here"), text);
        }
    }

    /** One that is torn hides neither those before it nor those after, and is named. */
    @Test
    void aResultThatCannotBeReadHidesNoOther(@TempDir Path folder) throws Exception {
        var records = Records.in(folder);
        for (var id : List.of("1", "2", "3")) {
            records.keep(id, ResultJson.text(result(Objective.MAY_LOSE, List.of(shard(MASTER)))));
        }
        Files.writeString(folder.resolve("2.json"), "{\"id\": \"2\"");
        var drills = new DrillOperations(new DrillGround(
                new Ops(() -> null, () -> null, null, null, site -> {}), records, new Rehearsals(), Failovers.NONE));
        var results = drills.results();
        assertEquals(2, results.all().size());
        assertEquals(1, results.unread().size());
        assertEquals(
                folder.resolve("2.json").toString(),
                results.unread().getFirst().args().get("file"));
    }
}
