package io.clusterdeck.deck;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.HostSpec;
import java.util.List;
import java.util.Optional;

/**
 * What a search has found of a cluster. Immutable.
 *
 * @param nodes as the one address told, in the cluster's order; empty until it did
 * @param hosts the machines that were or will be signed in to
 * @param looked whether each host was looked at for the nodes, as far as it could be
 * @param failure why the one address told nothing, if so
 */
public record Found(List<One> nodes, List<Machine> hosts, boolean looked, Optional<Failure> failure) {

    public static final Found NOTHING = new Found(List.of(), List.of(), false, Optional.empty());

    public Found {
        nodes = List.copyOf(nodes);
        hosts = List.copyOf(hosts);
    }

    /**
     * A node.
     *
     * @param site its process and files, once they were found
     * @param why they were not found yet, and what to do
     */
    public record One(Node node, Optional<NodeSite> site, Optional<Failure> why) {}

    /**
     * A host.
     *
     * @param in whether we are signed in
     * @param why not
     */
    public record Machine(HostSpec host, boolean in, Optional<Failure> why) {}

    public int matched() {
        return (int) nodes.stream().filter(n -> n.site().isPresent()).count();
    }

    /** Whether there is nothing more to find. */
    public boolean whole() {
        return !nodes.isEmpty() && matched() == nodes.size();
    }
}
