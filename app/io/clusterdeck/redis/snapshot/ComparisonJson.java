package io.clusterdeck.redis.snapshot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.SlotRange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a comparison, as {@code resources/schema/diff.schema.json} describes it. */
public final class ComparisonJson {

    /** The value of {@code schema}; the number changes when a reader must. */
    public static final String SCHEMA = "clusterdeck/diff/1";

    private ComparisonJson() {}

    public static String text(Comparison comparison) {
        var json = JsonNodeFactory.instance.objectNode().put("schema", SCHEMA).put("same", comparison.same());
        side(json.putObject("before"), comparison.before());
        side(json.putObject("after"), comparison.after());
        nodes(json.putArray("came"), comparison.came());
        nodes(json.putArray("went"), comparison.went());
        var roles = json.putArray("roles");
        comparison.roles().forEach(r -> {
            var one = roles.addObject().put("node", r.node().value());
            one.put("was", word(r.was())).put("wasOf", id(r.of()));
            one.put("is", word(r.is())).put("isOf", id(r.nowOf()));
        });
        var slots = json.putArray("slots");
        comparison.slots().forEach(s -> {
            var one = slots.addObject().put("from", id(s.from())).put("to", id(s.to()));
            one.put("count", s.count()).put("takeover", s.takeover());
            ranges(one.putArray("ranges"), s.ranges());
        });
        var told = json.putArray("told");
        comparison
                .told()
                .forEach(t -> told.addObject()
                        .put("node", t.node().value())
                        .put("aspect", word(t.aspect()))
                        .put("was", t.was())
                        .put("is", t.is()));
        var config = json.putArray("config");
        comparison.config().forEach(c -> {
            var one = config.addObject().put("directive", c.directive());
            one.put("was", c.was().orElse(null)).put("is", c.is().orElse(null));
            var on = one.putArray("nodes");
            c.nodes().forEach(n -> on.add(n.value()));
        });
        findings(json.putArray("appeared"), comparison.appeared());
        findings(json.putArray("solved"), comparison.solved());
        return json.toPrettyString() + "\n";
    }

    private static void side(ObjectNode to, ClusterState state) {
        to.put("name", state.name())
                .put("takenAt", state.at().toString())
                .put("state", SnapshotJson.word(state.verdict()))
                .put("nodes", state.nodes().size())
                .put("slotsCovered", state.owners().covered())
                .put("epoch", state.currentEpoch());
    }

    private static void nodes(ArrayNode to, List<Node> nodes) {
        for (var node : nodes) {
            var one = to.addObject()
                    .put("id", node.id().value())
                    .put("address", node.address().host())
                    .put("port", node.address().port())
                    .put("role", word(node.role()))
                    .put("masterId", id(node.master()));
            ranges(one.putArray("slots"), node.slots());
        }
    }

    private static void ranges(ArrayNode to, List<SlotRange> ranges) {
        ranges.forEach(r -> to.addArray().add(r.from()).add(r.to()));
    }

    private static void findings(ArrayNode to, List<Finding> findings) {
        findings.forEach(f -> to.addObject()
                .put("rule", f.rule())
                .put("level", word(f.level()))
                .put("node", id(f.node())));
    }

    private static @org.jspecify.annotations.Nullable String id(Optional<NodeId> id) {
        return id.map(NodeId::value).orElse(null);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
