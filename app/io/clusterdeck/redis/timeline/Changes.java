package io.clusterdeck.redis.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What differs between the snapshots before and after a failover: roles, masters, slots, epochs. */
public final class Changes {

    private Changes() {}

    public static List<Say> of(JsonNode before, JsonNode after) {
        var was = nodes(before);
        var changes = new ArrayList<Say>();
        nodes(after).forEach((id, now) -> {
            var old = was.get(id);
            if (old == null) {
                changes.add(Say.of("failovers.change.joined", "node", name(now)));
                return;
            }
            if (!role(old, was).equals(role(now, nodes(after)))) {
                changes.add(Say.of(
                        "failovers.change.role",
                        "node",
                        name(now),
                        "was",
                        role(old, was),
                        "now",
                        role(now, nodes(after))));
            }
            if (!Objects.equals(flags(old), flags(now))) {
                changes.add(Say.of("failovers.change.flags", "node", name(now), "was", flags(old), "now", flags(now)));
            }
        });
        was.forEach((id, old) -> {
            if (!nodes(after).containsKey(id)) {
                changes.add(Say.of("failovers.change.left", "node", name(old)));
            }
        });
        long from = before.path("epoch").asLong();
        long to = after.path("epoch").asLong();
        if (from != to) {
            changes.add(Say.of("failovers.change.epoch", "was", Long.toString(from), "now", Long.toString(to)));
        }
        return changes;
    }

    private static Map<String, JsonNode> nodes(JsonNode snapshot) {
        var nodes = new LinkedHashMap<String, JsonNode>();
        snapshot.path("nodes").forEach(n -> nodes.put(n.path("id").asText(), n));
        return nodes;
    }

    private static String name(JsonNode node) {
        return node.path("address").asText() + ":" + node.path("port").asInt();
    }

    private static Say role(JsonNode node, Map<String, JsonNode> all) {
        var master = node.path("masterId").asText("");
        if (!master.isEmpty()) {
            var of = all.get(master);
            return Say.of("failovers.role.replica", "master", of == null ? master : name(of));
        }
        var slots = new ArrayList<String>();
        node.path("slots")
                .forEach(r -> slots.add(r.path(0).asInt() + "–" + r.path(1).asInt()));
        return slots.isEmpty()
                ? Say.of("failovers.role.master.empty")
                : Say.of("failovers.role.master.of", "slots", String.join(", ", slots));
    }

    private static String flags(JsonNode node) {
        var flags = new ArrayList<String>();
        node.path("flags").forEach(f -> {
            if (f.asText().startsWith("fail")) {
                flags.add(f.asText());
            }
        });
        return flags.isEmpty() ? "–" : String.join(",", flags);
    }
}
