package io.clusterdeck.redis.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.probe.Measured;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of a drill before it begins and its result is compared with, kept in the step that ends it. */
record Yardstick(Drill drill, Expected expected, long nodeTimeout) {
    private static final ObjectMapper JSON = new ObjectMapper();

    void note(Map<String, String> args) {
        args.put("drill", drill.name());
        args.put("about", drill.about().orElse(""));
        args.put("expected", expected.write().toString());
        args.put("write-gap", Long.toString(drill.objective().writeGap()));
        args.put("lost", Integer.toString(drill.objective().lost()));
        args.put("timeout", Long.toString(nodeTimeout));
    }

    /** What was measured, beside what is noted in a step. */
    static DrillResult result(StepSpec noted, Measured measured, Map<String, String> winners, Optional<Say> failure) {
        return new DrillResult(
                noted.arg("run"),
                noted.arg("cluster"),
                noted.arg("drill"),
                noted.arg("about"),
                Long.parseLong(noted.arg("timeout")),
                expected(noted),
                new Objective(Long.parseLong(noted.arg("write-gap")), Integer.parseInt(noted.arg("lost"))),
                measured,
                winners,
                List.of(),
                failure);
    }

    private static Expected expected(StepSpec noted) {
        try {
            return Expected.read(JSON.readTree(noted.arg("expected")));
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(bug); // our own writer wrote it
        }
    }
}
