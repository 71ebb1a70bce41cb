package io.clusterdeck.plan;

import static io.clusterdeck.plan.Deeds.stage;
import static io.clusterdeck.plan.Deeds.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.say.Say;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked again before a run goes on: only what is still to come, as its journal tells it. */
class CostsLeftTest {

    @TempDir
    Path folder;

    private List<String> costs(Plan plan) {
        return plan.costs().stream().map(c -> String.valueOf(c.args().get("n"))).toList();
    }

    private static Say cost(String n) {
        return Say.of("test.cost", "n", n);
    }

    @Test
    void costsThatAreOverAreNotNamedAgain() throws Exception {
        var deeds = new Deeds(folder);
        var plan = deeds.plan(
                        "p1",
                        stage("one", step("write", "a", "h1", folder)),
                        stage("two", step("fail", "b", "h1", folder), step("write", "c", "h1", folder)))
                .costing(cost("always"))
                .costing(cost("began"), Plan.BEGUN)
                .costing(cost("until a"), new StepId("a"))
                .costing(cost("until b"), new StepId("b"))
                .costing(cost("until c"), new StepId("c"));
        assertEquals(List.of("always", "began", "until a", "until b", "until c"), costs(plan));
        var end = new JournaledRuns(deeds, Deeds.kinds()).start(plan).await();
        assertEquals(Outcome.FAILED, end.ended().orElseThrow().outcome());

        var kept = new JournaledRuns(deeds, Deeds.kinds()).one(plan.id());
        assertEquals(List.of("always", "until b", "until c"), costs(kept.offer().plan()));
        assertEquals(costs(plan), costs(kept.plan()), "what was agreed to at first stays written");
    }
}
