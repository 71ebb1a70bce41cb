package io.clusterdeck.redis.forecast;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.ssh.HostName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Nodes that go at the same moment, without a word.
 *
 * @param name the node's address or the host's name, as an operator calls it
 */
public record Loss(Kind kind, String name, List<Node> nodes) {
    /** What goes. */
    public enum Kind {
        NODE,
        HOST,
        /** Several nodes that have nothing in common but the moment. */
        SEVERAL
    }

    public Loss {
        nodes = List.copyOf(nodes);
    }

    public static Loss of(Node node) {
        return new Loss(Kind.NODE, node.address().toString(), List.of(node));
    }

    public static Loss of(List<Node> nodes) {
        return nodes.size() == 1
                ? of(nodes.getFirst())
                : new Loss(
                        Kind.SEVERAL,
                        nodes.stream().map(n -> n.address().toString()).collect(Collectors.joining(", ")),
                        nodes);
    }

    /** A host with every node on it that still serves. */
    public static Loss of(ClusterState state, HostName host) {
        return new Loss(
                Kind.HOST,
                host.value(),
                state.nodes().values().stream()
                        .filter(n -> n.host().filter(host::equals).isPresent() && n.up())
                        .toList());
    }

    /** Everything that can be lost now: each node that serves, each host of several nodes. */
    public static List<Loss> each(ClusterState state) {
        var all = new ArrayList<Loss>();
        var hosts = new LinkedHashMap<HostName, Integer>();
        for (var node : state.nodes().values()) {
            if (node.up()) {
                all.add(of(node));
                node.host().ifPresent(h -> hosts.merge(h, 1, Integer::sum));
            }
        }
        // where everything lies on one host its loss is the loss of all, which needs no table
        hosts.forEach((host, nodes) -> {
            if (nodes > 1 && hosts.size() > 1) {
                all.add(of(state, host));
            }
        });
        return all;
    }

    public Set<NodeId> ids() {
        return nodes.stream().map(Node::id).collect(Collectors.toUnmodifiableSet());
    }
}
