package io.clusterdeck.plan;

import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a plan that was computed anew differs from the approved one, in what is still to be done. */
final class Differences {

    private Differences() {}

    /** @param done steps that ended well: what a new plan says of them changes nothing any more */
    static List<Say> between(Plan approved, Plan now, Set<StepId> done) {
        var differences = new ArrayList<Say>();
        var before = byId(approved);
        var after = byId(now);
        before.forEach((id, step) -> {
            if (!after.containsKey(id) && !done.contains(id)) {
                differences.add(Say.of("plan.diff.gone", "step", step.title(), "host", step.on()));
            }
        });
        after.forEach((id, step) -> {
            var old = before.get(id);
            if (old == null) {
                differences.add(Say.of("plan.diff.new", "step", step.title(), "host", step.on()));
            } else if (!done.contains(id)) {
                differences.addAll(changes(old, step));
            }
        });
        return differences;
    }

    private static List<Say> changes(Step old, Step now) {
        if (!old.on().equals(now.on())) {
            return List.of(Say.of("plan.diff.host", "step", now.title(), "before", old.on(), "after", now.on()));
        }
        var changes = new ArrayList<Say>();
        var names = new LinkedHashMap<>(old.spec().args());
        names.putAll(now.spec().args());
        for (var name : names.keySet()) {
            var before = old.spec().args().getOrDefault(name, "");
            var after = now.spec().args().getOrDefault(name, "");
            if (!before.equals(after)) {
                changes.add(Say.of(
                        "plan.diff.value",
                        "step",
                        now.title(),
                        "host",
                        now.on(),
                        "name",
                        name,
                        "before",
                        before,
                        "after",
                        after));
            }
        }
        if (changes.isEmpty() && !old.commands().equals(now.commands())) {
            changes.add(Say.of("plan.diff.commands", "step", now.title(), "host", now.on()));
        }
        return changes;
    }

    private static Map<StepId, Step> byId(Plan plan) {
        var steps = new LinkedHashMap<StepId, Step>();
        plan.steps().forEach(s -> steps.put(s.id(), s));
        return steps;
    }
}
