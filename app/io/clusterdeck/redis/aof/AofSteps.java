package io.clusterdeck.redis.aof;

import io.clusterdeck.plan.StepKind;
import java.util.Map;
import java.util.function.Function;

/** The kinds of step that look at append-only files and cure them, for whoever rebuilds plans from their journals. */
public final class AofSteps {
    private AofSteps() {}

    /** @param cluster finds the operations of a cluster by its name: they keep what a check reports */
    public static Map<String, StepKind> kinds(Function<String, AofOperations> cluster) {
        return Map.of(
                AofCheck.KIND,
                (id, on, spec) -> new AofCheck(
                        id, on, spec, cluster.apply(spec.arg("cluster")).reports()),
                Rewrite.KIND,
                (id, on, spec) -> new Rewrite(
                        id, on, spec, cluster.apply(spec.arg("cluster")).ops()),
                AofCure.KIND,
                (id, on, spec) -> new AofCure(id, on, spec));
    }
}
