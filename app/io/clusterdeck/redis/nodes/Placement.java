package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;

/** Where masters are after a failover. Pure. */
final class Placement {
    private Placement() {}

    /** Facts 8: after a failover a host may hold half of the masters, and its loss would be final. One host alone is no placement. */
    static Optional<Say> after(ClusterState state, Node from, Node to) {
        var hosts = new HashSet<HostName>();
        var masters = new HashMap<HostName, Integer>();
        for (var n : state.nodes().values()) {
            n.host().ifPresent(hosts::add);
            boolean master = n.id().equals(to.id()) || n.isMaster() && !n.id().equals(from.id());
            if (master && (n.id().equals(to.id()) || !n.slots().isEmpty())) {
                n.host().ifPresent(h -> masters.merge(h, 1, Integer::sum));
            }
        }
        int voters = Quorum.of(state).voters();
        if (hosts.size() < 2 || to.host().isEmpty()) {
            return Optional.empty();
        }
        int there = masters.getOrDefault(to.host().get(), 0);
        return there * 2 >= voters
                ? Optional.of(Say.of("nodes.impact.placement", "host", to.host().get(), "n", there, "voters", voters))
                : Optional.empty();
    }
}
