package io.clusterdeck.redis.config;

import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.nodes.KeepStep;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Edits of files of which several nodes may include the same one: each file is edited once, and not at all where nodes want it otherwise. */
record Shared(List<Step> steps, List<Say> contested, List<Say> costs) {

    /** @param writes edits of the files of all nodes, as if each had its own */
    static Shared of(List<Step> writes) {
        var byFile = new LinkedHashMap<String, List<KeepStep>>();
        for (var step : writes) {
            if (step instanceof KeepStep keep) {
                byFile.computeIfAbsent(keep.on() + " " + keep.path(), f -> new ArrayList<>())
                        .add(keep);
            }
        }
        var steps = new ArrayList<Step>();
        var contested = new ArrayList<Say>();
        var costs = new ArrayList<Say>();
        for (var edits : byFile.values()) {
            var first = edits.getFirst();
            if (edits.stream().anyMatch(e -> !e.sameEdit(first))) {
                contested.add(Say.of("config.shared-differs", "path", first.path(), "host", first.on()));
                continue;
            }
            steps.add(first);
            if (first.included()) {
                costs.add(Say.of("config.cost.shared", "path", first.path(), "host", first.on()));
            }
        }
        return new Shared(steps, contested, costs);
    }
}
