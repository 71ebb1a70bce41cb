package io.clusterdeck.redis.config;

import io.clusterdeck.plan.StepKind;
import io.clusterdeck.redis.nodes.Ops;
import java.util.Map;
import java.util.function.Function;

/** The kinds of step that set directives, for whoever rebuilds plans from their journals. */
public final class ConfigSteps {
    private ConfigSteps() {}

    /** @param cluster finds what operations on a cluster of that name stand on */
    public static Map<String, StepKind> kinds(Function<String, Ops> cluster) {
        return Map.of(
                SetStep.KIND, (id, on, spec) -> new SetStep(id, on, spec, cluster.apply(spec.arg("cluster"))),
                PasswordStep.KIND,
                        (id, on, spec) -> new PasswordStep(id, on, spec, cluster.apply(spec.arg("cluster"))));
    }
}
