package io.clusterdeck.redis.snapshot;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A state that is kept, and why. A node's configuration lies within the state, as {@code config:…} of its INFO, so that a state read back
 * from a file is one like any other.
 */
public record Snapshot(ClusterState state, Taken taken) {

    /** The prefix under which CONFIG GET's answers lie in a node's INFO. */
    static final String CONFIG = "config:";

    /** What CONFIG GET told of a node, less what is secret; empty when it was not asked. */
    public static Map<String, String> config(Node node) {
        var config = new TreeMap<String, String>();
        node.info()
                .ifPresent(i -> i.info().forEach((key, value) -> {
                    if (key.startsWith(CONFIG) && !Secrecy.secret(key.substring(CONFIG.length()))) {
                        config.put(key.substring(CONFIG.length()), value);
                    }
                }));
        return config;
    }

    /** Of what CONFIG GET told, what may be kept: all but what is secret. */
    public static Map<String, String> open(Map<String, String> config) {
        var open = new TreeMap<>(config);
        open.keySet().removeIf(Secrecy::secret);
        return open;
    }

    /** The state with what CONFIG GET told of its nodes now. */
    public static ClusterState with(ClusterState state, Map<Node, Map<String, String>> configs) {
        return nodes(state, node -> {
            var config = configs.get(node);
            if (config == null || config.isEmpty() || node.info().isEmpty()) {
                return node;
            }
            var info = node.info().get();
            var both = new LinkedHashMap<>(info.info());
            config.forEach((k, v) -> both.put(CONFIG + k, v));
            return node.telling(new NodeInfo(info.at(), both, info.clusterInfo()));
        });
    }

    private static ClusterState nodes(ClusterState s, UnaryOperator<Node> change) {
        var nodes = new LinkedHashMap<>(s.nodes());
        nodes.replaceAll((id, node) -> change.apply(node));
        return new ClusterState(
                s.name(),
                s.at(),
                nodes,
                s.views(),
                s.disagreements(),
                s.health(),
                s.owners(),
                s.currentEpoch(),
                s.tick(),
                s.cost());
    }
}
