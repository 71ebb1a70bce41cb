package io.clusterdeck.plan;

import io.clusterdeck.say.Say;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A change, whole, before it happens.
 *
 * @param title such as "Build carts" or "Kill 10.0.0.1:9000"
 * @param costs what it will do to the cluster, in the operator's terms
 * @param until those of the costs that are over before the plan's end: once this step ended well, or once the plan {@link #BEGUN began}
 */
public record Plan(PlanId id, ClusterRef on, Say title, List<Stage> stages, List<Say> costs, Map<Say, StepId> until) {

    /** Stands for the beginning, before the first step. */
    public static final StepId BEGUN = new StepId("begun");

    public Plan(PlanId id, ClusterRef on, Say title, List<Stage> stages, List<Say> costs) {
        this(id, on, title, stages, costs, Map.of());
    }

    public Plan {
        stages = List.copyOf(stages);
        costs = List.copyOf(costs);
        until = Map.copyOf(until);
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
                Stream.concat(costs.stream(), Stream.of(more)).toList(),
                until);
    }

    /** With one cost more, which is over once that step ended well. */
    public Plan costing(Say more, StepId until) {
        var all = new LinkedHashMap<>(this.until);
        all.put(more, until);
        return new Plan(id, on, title, stages, costs, all).costing(more);
    }

    /** As it is to be agreed to once it began and these steps ended well: without the costs that are over. */
    Plan goingOn(Set<StepId> done) {
        var left = costs.stream()
                .filter(c -> !BEGUN.equals(until.get(c)) && !done.contains(until.getOrDefault(c, BEGUN)))
                .toList();
        return new Plan(id, on, title, stages, left, until);
    }

    /** With other steps in their places. */
    public Plan with(UnaryOperator<Step> change) {
        var changed = stages.stream()
                .map(s -> new Stage(
                        s.id(), s.title(), s.steps().stream().map(change).toList()))
                .toList();
        return new Plan(id, on, title, changed, costs, until);
    }

    /** Whether it only looks, and changes nothing. */
    public boolean reads() {
        return steps().stream().allMatch(Step::reads);
    }

    public List<Step> steps() {
        return stages.stream().flatMap(s -> s.steps().stream()).toList();
    }
}
