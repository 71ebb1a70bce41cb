package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Deeds;
import io.clusterdeck.plan.RunEvent.Ended;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunEvent.StepFailed;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.say.Say;
import io.clusterdeck.words.Words;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed of plans and of how they ended. */
class PlanTextTest {

    @Test
    void aRunThatBrokeOffHasNoEndAndIsToldSo(@TempDir Path folder) {
        var plan = new Deeds(folder).plan("p1", Deeds.stage("one", Deeds.step("write", "first", "h1", folder)));
        var broken = RunState.begin(plan, new Consent.Plain(), Instant.EPOCH);
        var said = PlanText.end(broken, Words.in(Locale.ENGLISH));
        assertTrue(said.contains("is not known") && said.contains("clusterdeck resume p1"), said);
        assertEquals("cli.drill.owes", DrillWord.notEnded(broken).key());
    }

    /** One that was put back is held anew; where a fault may last, nobody is sent to begin another. */
    @Test
    void aDrillThatCouldNotBePutBackIsGoneOnWith(@TempDir Path folder) {
        var plan = new Deeds(folder).plan("p1", Deeds.stage("one", Deeds.step("write", "first", "h1", folder)));
        var fault = plan.steps().getFirst().id();
        var failed = RunState.begin(plan, new Consent.Plain(), Instant.EPOCH)
                .after(new StepFailed(Instant.EPOCH, fault, Say.of("any"), Say.of("any.next"), List.of()));
        var end = new Ended(Instant.EPOCH, Outcome.FAILED);
        assertEquals("cli.drill.early", DrillWord.notEnded(failed.after(end)).key());
        var lasts = new StepFailed(Instant.EPOCH, fault, Say.of("plan.not-undone"), Say.of("any.next"), List.of());
        assertEquals(
                "cli.drill.owes",
                DrillWord.notEnded(failed.after(lasts).after(end)).key());
    }

    /** What was put back by whoever took it up is begun anew: taking it up once more would do nothing. */
    @Test
    void nobodyIsSentToGoOnWithADrill(@TempDir Path folder) {
        for (var kind : List.of("write", "drill.probe")) {
            var plan = new Deeds(folder).plan("p1", Deeds.stage("one", Deeds.step(kind, "first", "h1", folder)));
            var failed = RunState.begin(plan, new Consent.Plain(), Instant.EPOCH)
                    .after(new Ended(Instant.EPOCH, Outcome.FAILED));
            var said = PlanText.end(failed, Words.in(Locale.ENGLISH));
            assertEquals(kind.equals("write"), said.contains("clusterdeck resume"), said);
        }
    }
}
