package io.clusterdeck.deck;

import io.clusterdeck.plan.StepKind;
import io.clusterdeck.redis.aof.AofSteps;
import io.clusterdeck.redis.build.BuildSteps;
import io.clusterdeck.redis.config.ConfigSteps;
import io.clusterdeck.redis.create.CreateSteps;
import io.clusterdeck.redis.drill.DrillSteps;
import io.clusterdeck.redis.nodes.NodeSteps;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Every kind of step that a journal may name. */
final class Kinds {

    private Kinds() {}

    /** @param shelf where programs built once lie, to be given to other hosts */
    static Map<String, StepKind> of(Path shelf, Function<String, Opened> cluster) {
        var kinds = new HashMap<String, StepKind>();
        kinds.putAll(BuildSteps.kinds(shelf));
        kinds.putAll(CreateSteps.kinds(name -> cluster.apply(name).ops()));
        kinds.putAll(NodeSteps.kinds(name -> cluster.apply(name).ops()));
        kinds.putAll(ConfigSteps.kinds(name -> cluster.apply(name).ops()));
        kinds.putAll(AofSteps.kinds(name -> cluster.apply(name).aof()));
        kinds.putAll(DrillSteps.kinds(name -> cluster.apply(name).drills().ground()));
        return kinds;
    }
}
