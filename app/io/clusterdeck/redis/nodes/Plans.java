package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;

/** Puts plans together: stages in order, empty ones left out. */
public final class Plans {

    private final String cluster;
    private final PlanId id;
    private final Say title;
    private final List<Stage> stages = new ArrayList<>();

    private Plans(String cluster, PlanId id, Say title) {
        this.cluster = cluster;
        this.id = id;
        this.title = title;
    }

    /** @param kind a word for the plan's name, such as {@code kill-9000} */
    public static Plans named(Ops ops, String kind, Say title) {
        return new Plans(ops.spec().get().name(), PlanId.now(kind), title);
    }

    /** The name that the plan will have. */
    public PlanId id() {
        return id;
    }

    /** @param id one of hand-over, signal, stop, replicas, masters, start, settle, … : its title is {@code nodes.stage.ID} */
    public Plans stage(String id, List<? extends Step> steps) {
        if (!steps.isEmpty()) {
            stages.add(new Stage(id, Say.of("nodes.stage." + id), List.copyOf(steps)));
        }
        return this;
    }

    public Plans stage(String id, Step step) {
        return stage(id, List.of(step));
    }

    /** A stage of its own name, such as one of several of the same kind. */
    public Plans stage(String id, Say title, List<? extends Step> steps) {
        stages.add(new Stage(id, title, List.copyOf(steps)));
        return this;
    }

    public Plan costing(List<Say> costs) {
        return new Plan(id, new ClusterRef(cluster), title, stages, costs);
    }
}
