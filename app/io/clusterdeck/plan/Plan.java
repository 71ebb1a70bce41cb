package io.clusterdeck.plan;

import io.clusterdeck.say.Say;
import java.util.HashSet;
import java.util.List;

/**
 * A change, whole, before it happens.
 *
 * @param title such as "Build carts" or "Kill 10.0.0.1:9000"
 * @param costs what it will do to the cluster, in the operator's terms
 */
public record Plan(PlanId id, ClusterRef on, Say title, List<Stage> stages, List<Say> costs) {

    public Plan {
        stages = List.copyOf(stages);
        costs = List.copyOf(costs);
        var ids = new HashSet<StepId>();
        for (var stage : stages) {
            for (var step : stage.steps()) {
                if (!ids.add(step.id())) {
                    throw new IllegalArgumentException("two steps named " + step.id() + " in " + id);
                }
            }
        }
    }

    public List<Step> steps() {
        return stages.stream().flatMap(s -> s.steps().stream()).toList();
    }
}
