package io.clusterdeck.redis.config;

import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where the nodes of a cluster are not set alike. What differs by nature (ports, folders, addresses) is no drift. Pure. */
public final class Drift {

    private Drift() {}

    /**
     * One directive in which nodes differ.
     *
     * @param values what they have, the most common first, and which nodes have it; secrets are masked
     */
    public record Difference(String directive, List<Value> values) {
        public Difference {
            values = List.copyOf(values);
        }
    }

    /** A value, and the nodes that have it in their order. */
    public record Value(String value, List<NodeId> nodes) {
        public Value {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * Of what a watch has read of each node ({@code config:} in its INFO): nodes that told nothing, and releases that differ in what they
     * know, are passed over.
     */
    public static List<Difference> of(ClusterState state) {
        var configs = new LinkedHashMap<NodeId, Map<String, String>>();
        state.nodes().values().forEach(n -> {
            var config = told(n);
            if (!config.isEmpty()) {
                configs.put(n.id(), config);
            }
        });
        return between(configs);
    }

    /** What a watch has read of a node's settings; empty until it has, and where CONFIG is refused. */
    public static Map<String, String> told(Node node) {
        var config = new TreeMap<String, String>();
        node.info()
                .ifPresent(i -> i.info().forEach((key, value) -> {
                    if (key.startsWith("config:")) {
                        config.put(key.substring("config:".length()), value);
                    }
                }));
        return config;
    }

    /** @param configs CONFIG GET of each node; a directive that a node does not know is not compared for it */
    public static List<Difference> between(Map<NodeId, Map<String, String>> configs) {
        var names = new TreeSet<String>();
        var byName = new LinkedHashMap<NodeId, Map<String, String>>();
        configs.forEach((node, config) -> {
            var renamed = new TreeMap<String, String>();
            config.forEach((k, v) -> renamed.put(Directive.name(k), v));
            names.addAll(renamed.keySet());
            byName.put(node, renamed);
        });
        var differences = new ArrayList<Difference>();
        for (var name : names) {
            if (Directive.own(name) || Directive.state(name)) {
                continue;
            }
            var values = values(name, byName);
            if (values.size() > 1) {
                differences.add(new Difference(name, masked(name, values)));
            }
        }
        return List.copyOf(differences);
    }

    private static List<Value> values(String name, Map<NodeId, Map<String, String>> configs) {
        var values = new LinkedHashMap<String, List<NodeId>>();
        configs.forEach((node, config) -> {
            var value = config.get(name);
            if (value != null) {
                var known = values.keySet().stream()
                        .filter(v -> Directive.same(name, v, value))
                        .findFirst()
                        .orElse(value);
                values.computeIfAbsent(known, v -> new ArrayList<>()).add(node);
            }
        });
        return values.entrySet().stream()
                .map(e -> new Value(e.getKey(), e.getValue()))
                .sorted(Comparator.comparing((Value v) -> v.nodes().size()).reversed())
                .toList();
    }

    /** Secrets are told apart by a letter, never shown. */
    private static List<Value> masked(String name, List<Value> values) {
        if (!Directive.secret(name)) {
            return values;
        }
        var masked = new ArrayList<Value>();
        for (var v : values) {
            masked.add(new Value(
                    v.value().isEmpty() ? "" : Directive.MASK + " " + (char) ('A' + masked.size()), v.nodes()));
        }
        return masked;
    }
}
