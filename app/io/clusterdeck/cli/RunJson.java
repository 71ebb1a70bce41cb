package io.clusterdeck.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.Runs;
import io.clusterdeck.say.SayJson;
import java.util.Locale;

/** Runs as JSON: what {@code --json} prints of them. */
final class RunJson {

    private RunJson() {}

    static ObjectNode write(Offer.Refused refused) {
        var node = JsonNodeFactory.instance.objectNode();
        node.set(refused.already() ? "already" : "refused", SayJson.write(refused.why()));
        node.set("cures", SayJson.write(refused.cures()));
        return node.put("insist", !refused.insist().isEmpty());
    }

    /** All that is known, and what can't be; as {@code schema/runs.schema.json} says. */
    static ObjectNode write(Runs.Known known) {
        var node = JsonNodeFactory.instance.objectNode().put("schema", "clusterdeck/runs/1");
        var runs = node.putArray("runs");
        known.states().forEach(r -> runs.add(write(r)));
        var unread = node.putArray("unread");
        for (var failure : known.unread()) {
            var one = unread.addObject();
            one.set("why", SayJson.write(failure.what()));
            one.set("next", SayJson.write(failure.next()));
        }
        return node;
    }

    static ObjectNode write(RunState state) {
        var plan = state.plan();
        var node = JsonNodeFactory.instance
                .objectNode()
                .put("run", plan.id().value())
                .put("cluster", plan.on().name());
        node.set("title", SayJson.write(plan.title()));
        node.put("began", state.began().toString());
        state.ended()
                .ifPresentOrElse(
                        e -> node.put("ended", e.at().toString())
                                .put("outcome", e.outcome().name().toLowerCase(Locale.ROOT)),
                        () -> node.put("outcome", "running"));
        var steps = node.putArray("steps");
        for (var step : plan.steps()) {
            var s = state.of(step.id());
            var one = steps.addObject()
                    .put("id", step.id().value())
                    .put("on", step.on().value())
                    .put("phase", s.phase().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .put("tookMillis", s.took());
            s.busy().ifPresent(b -> one.set("found", SayJson.write(b)));
            s.next().ifPresent(n -> one.set("next", SayJson.write(n)));
            if (s.phase() == RunState.Phase.FAILED) {
                var lines = one.putArray("lastLines");
                s.lastLines().forEach(lines::add);
            }
        }
        if (!state.differences().isEmpty()) {
            node.set("differences", SayJson.write(state.differences()));
        }
        return node;
    }
}
