package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;

/** A node by its id, and where it is asked; as text within a step's arguments {@code HOST PORT BUSPORT}. */
public record Addressed(NodeId id, NodeAddress address) {
    public static Addressed of(Node node) {
        return new Addressed(node.id(), node.address());
    }

    public static String text(NodeAddress a) {
        return a.host() + " " + a.port() + " " + a.busPort();
    }

    public static NodeAddress address(String text) {
        var words = text.split(" ", -1);
        return new NodeAddress(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }
}
