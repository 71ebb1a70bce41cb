package io.clusterdeck.redis.create;

import io.clusterdeck.plan.StepKind;
import io.clusterdeck.redis.nodes.Ops;
import java.util.Map;
import java.util.function.Function;

/** The kinds of step that make a cluster of running servers, for whoever rebuilds plans from their journals. */
public final class CreateSteps {

    static final String KIND = "create.";

    private CreateSteps() {}

    /** @param cluster finds what operations on a cluster of that name stand on */
    public static Map<String, StepKind> kinds(Function<String, Ops> cluster) {
        return Map.of(
                KIND + "tune", (id, on, spec) -> new TuneStep(id, on, spec, cluster.apply(spec.arg("cluster"))),
                KIND + "assign", (id, on, spec) -> new AssignStep(id, on, spec, cluster.apply(spec.arg("cluster"))),
                KIND + "meet", (id, on, spec) -> new MeetStep(id, on, spec, cluster.apply(spec.arg("cluster"))),
                KIND + "replicate",
                        (id, on, spec) -> new ReplicateStep(id, on, spec, cluster.apply(spec.arg("cluster"))),
                KIND + "finish", (id, on, spec) -> new FinishStep(id, on, spec, cluster.apply(spec.arg("cluster"))));
    }
}
