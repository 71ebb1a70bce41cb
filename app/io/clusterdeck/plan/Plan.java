package io.clusterdeck.plan;

import io.clusterdeck.say.Say;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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

    /** With one cost more. */
    public Plan costing(Say more) {
        return new Plan(
                id,
                on,
                title,
                stages,
                Stream.concat(costs.stream(), Stream.of(more)).toList());
    }

    /** With other steps in their places. */
    public Plan with(UnaryOperator<Step> change) {
        var changed = stages.stream()
                .map(s -> new Stage(
                        s.id(), s.title(), s.steps().stream().map(change).toList()))
                .toList();
        return new Plan(id, on, title, changed, costs);
    }

    public List<Step> steps() {
        return stages.stream().flatMap(s -> s.steps().stream()).toList();
    }
}
