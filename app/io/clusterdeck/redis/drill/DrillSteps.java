package io.clusterdeck.redis.drill;

import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepKind;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.nodes.NodeSteps;
import io.clusterdeck.redis.nodes.ProcessStep;
import io.clusterdeck.redis.nodes.StartStep;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The kinds of step that drills are made of, beside those that operate on nodes, for whoever rebuilds plans from their journals. */
public final class DrillSteps {
    private DrillSteps() {}

    /** @param cluster finds what drills on a cluster of that name stand on */
    public static Map<String, StepKind> kinds(Function<String, DrillGround> cluster) {
        return Map.of(
                FaultStep.KIND,
                FaultStep::new,
                HoldStep.KIND,
                HoldStep::of,
                LayoutStep.KIND,
                (id, on, spec) -> LayoutStep.of(
                        id, on, spec, cluster.apply(spec.arg("cluster")).ops()),
                ProbeStep.KIND,
                (id, on, spec) -> ProbeStep.of(id, on, spec, cluster.apply(spec.arg("cluster"))),
                ReadyStep.KIND,
                (id, on, spec) -> {
                    var blow = new StepSpec(ProcessStep.KIND, spec.args());
                    var kinds = NodeSteps.kinds(name -> cluster.apply(name).ops());
                    return new ReadyStep(
                            id,
                            on,
                            spec,
                            Objects.requireNonNull(kinds.get(ProcessStep.KIND)).make(id, on, blow));
                },
                PromiseStep.KIND,
                (id, on, spec) -> {
                    var start = new StartStep(
                            new StepId(id.value().replaceFirst("^[a-z]+/", "start/")),
                            on,
                            new StepSpec(StartStep.KIND, spec.args()),
                            cluster.apply(spec.arg("cluster")).ops());
                    return new PromiseStep(id, on, spec, start);
                });
    }
}
