package io.clusterdeck.plan;

import static io.clusterdeck.plan.Deeds.stage;
import static io.clusterdeck.plan.Deeds.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.say.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept for a run that is about to begin is not taken for that of one which never will. */
class NeverBegunTest {

    @TempDir
    Path folder;

    @Test
    void onlyWhatNobodyBeginsIsNobodys() throws Exception {
        var acted = new ArrayList<PlanId>();
        var deeds = new Deeds(folder) {
            @Override
            public void begins(Plan plan) throws Failure {
                var other = new JournaledRuns(this, Deeds.kinds());
                other.ifNeverBegun(plan.on(), plan.id(), () -> acted.add(plan.id()));
            }
        };
        var runs = new JournaledRuns(deeds, Deeds.kinds());
        var plan = deeds.plan("p1", stage("one", step("write", "a", "h1", folder)));
        runs.start(plan).await();
        runs.ifNeverBegun(plan.on(), plan.id(), () -> acted.add(plan.id()));
        assertEquals(List.of(), acted);
        var never = new PlanId("never");
        runs.ifNeverBegun(plan.on(), never, () -> acted.add(never));
        assertEquals(List.of(never), acted);
    }
}
