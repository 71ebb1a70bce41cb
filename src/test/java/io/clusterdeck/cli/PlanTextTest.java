package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Deeds;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.words.Words;
import java.nio.file.Path;
import java.time.Instant;
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
    }
}
