package io.clusterdeck.redis.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/**
 * What nodes are called: by their port where that is unmistakable, else {@code h1:9000}, else by address.
 */
public record Names(Map<NodeId, String> byId) {
    public Names {
        byId = Map.copyOf(byId);
    }

    public static Names of(ClusterState state) {
        var ports = new HashSet<Integer>();
        boolean unique = state.nodes().values().stream()
                .allMatch(n -> ports.add(n.address().port()));
        var names = new HashMap<NodeId, String>();
        for (var node : state.nodes().values()) {
            names.put(node.id(), unique ? Integer.toString(node.address().port()) : full(node));
        }
        return new Names(names);
    }

    public String of(NodeId id) {
        return byId.getOrDefault(id, id.brief());
    }

    private static String full(Node node) {
        return node.host()
                .map(h -> h.value() + ":" + node.address().port())
                .orElseGet(() -> node.address().toString());
    }
}
