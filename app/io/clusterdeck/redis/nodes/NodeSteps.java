package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.StepKind;
import java.util.Map;
import java.util.function.Function;

/** The kinds of step that operate on nodes, for whoever rebuilds plans from their journals. */
public final class NodeSteps {
    private NodeSteps() {}

    /** @param cluster finds what operations on a cluster of that name stand on */
    public static Map<String, StepKind> kinds(Function<String, Ops> cluster) {
        return Map.of(
                ProcessStep.KIND, (id, on, spec) -> ProcessStep.of(id, on, spec, cluster),
                StartStep.KIND, (id, on, spec) -> new StartStep(id, on, spec, cluster.apply(spec.arg("cluster"))),
                KeepStep.KIND, (id, on, spec) -> KeepStep.of(id, on, spec, cluster.apply(spec.arg("cluster"))),
                HandOver.KIND, (id, on, spec) -> new HandOver(id, on, spec, cluster.apply(spec.arg("cluster"))),
                Settle.KIND, (id, on, spec) -> new Settle(id, on, spec, cluster.apply(spec.arg("cluster"))));
    }
}
