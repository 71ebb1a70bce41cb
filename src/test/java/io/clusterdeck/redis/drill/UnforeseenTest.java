package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.nodes.Operated;
import io.clusterdeck.redis.nodes.Settle;
import io.clusterdeck.words.Words;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drills on real servers that go otherwise than was foreseen. */
@Tag("local")
class UnforeseenTest {

    /** Nobody stands for election: the run fails, all is put back, and what it cost until then is known. */
    @Test
    void aFailoverThatDoesNotComeIsMeasuredAllTheSame(@TempDir Path folder) throws Exception {
        var cluster = LocalCluster.start(3, 1, "cluster-node-timeout 2000", "appendonly yes");
        try (var operated = new Operated(cluster, folder)) {
            cluster.until(
                    "healthy as the watch sees it",
                    () -> Healthy.ill(operated.ops.now().get()).isEmpty());
            var drill = Library.named("kill-master").orElseThrow();
            var plan = Operated.ready(operated.drills.offer(drill)).plan().with(UnforeseenTest::impatient);
            cluster.call(3, "CONFIG", "SET", "cluster-replica-no-failover", "yes");

            var run = operated.runs.start(plan).await();
            assertEquals(Outcome.FAILED, run.ended().orElseThrow().outcome(), run.steps()::toString);

            var result = operated.drills.result(plan.id().value()).orElseThrow();
            var text = ResultJson.text(result);
            assertEquals(
                    "nodes.settle.not.taken-over",
                    result.failure().orElseThrow().key());
            var verdict = Words.in(Locale.ENGLISH).say(DrillWords.verdict(result));
            assertTrue(verdict.contains("no other node has taken over"), verdict);
            assertFalse(result.passed() || result.asForeseen(), text);
            assertTrue(result.measured().readBack(), text);
            var broken = result.measured().shards().getFirst();
            assertTrue(result.withoutWrites(broken).sure() > 3_000, text);
            assertFalse(result.winners().containsKey(broken.master().toString()), text);
            assertEquals(
                    List.of(DrillResult.FAULT, DrillResult.MEND),
                    result.measured().marks().stream().map(m -> m.what()).toList());

            operated.seesRole(0, true);
            assertTrue(operated.drills.live().now().isEmpty());
            for (int i = 0; i < 3; i++) {
                assertEquals("0", cluster.call(i, "DBSIZE"), "keys of the probe are left");
            }
        }
    }

    /** Waits for the effect of its fault for 3 s only. */
    private static Step impatient(Step step) {
        if (step instanceof Settle awaits && awaits.id().value().startsWith("effect/")) {
            var args = new TreeMap<>(awaits.spec().args());
            args.put("limit", "3000");
            return new Settle(awaits.id(), awaits.on(), new StepSpec(Settle.KIND, args), awaits.ops());
        }
        return step;
    }
}
