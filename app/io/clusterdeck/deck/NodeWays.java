package io.clusterdeck.deck;

import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Hosts;
import io.clusterdeck.ssh.Way;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;

/** The way to each node of a cluster: straight, through its own host, or through the first host where its own is not known. */
record NodeWays(Supplier<ClusterSpec> spec, Hosts hosts) implements Ways {

    @Override
    public Way to(NodeAddress address) throws Failure, InterruptedException {
        var known = spec.get();
        if (known.access() == Access.DIRECT) {
            return new Way.Direct(address.host(), address.port());
        }
        var site = known.sites().stream().filter(s -> s.at(address)).findFirst();
        var through = site.map(NodeSite::host)
                .or(() -> byAddress(known, address))
                .or(() -> known.hosts().stream().findFirst().map(HostSpec::name))
                .orElseThrow(() -> new Unreachable(
                        Say.of("deck.no-host", "node", address), Say.of("deck.no-host.next", "cluster", known.name())));
        var there = site.flatMap(NodeSite::local).orElse(address.host());
        return hosts.host(through)
                .reach(InetSocketAddress.createUnresolved(
                        there, site.map(NodeSite::port).orElse(address.port())));
    }

    private static Optional<HostName> byAddress(ClusterSpec known, NodeAddress address) {
        return known.hosts().stream()
                .filter(h -> h.address().equals(address.host()))
                .findFirst()
                .map(HostSpec::name);
    }
}
