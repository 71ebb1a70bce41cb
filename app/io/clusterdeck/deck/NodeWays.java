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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The way to each node of a cluster: straight, or through its own host. A node whose host is only guessed, by its address, is tried through
 * the others where nobody can be signed in to there: behind an address translation it is no host's address.
 */
final class NodeWays implements Ways {

    /** For so long a host that could not be reached is not tried again for a node that another one may reach. */
    private static final Duration AGAIN = Duration.ofSeconds(60);

    private final Supplier<ClusterSpec> spec;
    private final Hosts hosts;
    private final Map<HostName, Long> missed = new ConcurrentHashMap<>();

    NodeWays(Supplier<ClusterSpec> spec, Hosts hosts) {
        this.spec = spec;
        this.hosts = hosts;
    }

    @Override
    public Way to(NodeAddress address) throws Failure, InterruptedException {
        var known = spec.get();
        if (known.access() == Access.DIRECT) {
            return new Way.Direct(address.host(), address.port());
        }
        var site = known.sites().stream().filter(s -> s.at(address)).findFirst();
        if (site.isPresent()) {
            var there = site.flatMap(NodeSite::local).orElse(address.host());
            return through(site.get().host(), there, site.get().port());
        }
        return guessed(known, address);
    }

    private Way guessed(ClusterSpec known, NodeAddress address) throws Failure, InterruptedException {
        var own = known.hosts().stream().filter(h -> h.address().equals(address.host()));
        var candidates = Stream.concat(own, known.hosts().stream())
                .map(HostSpec::name)
                .distinct()
                .toList();
        Failure why = new Unreachable(
                Say.of("deck.no-host", "node", address), Say.of("deck.no-host.next", "cluster", known.name()));
        for (var host : sooner(candidates)) {
            try {
                var way = through(host, address.host(), address.port());
                missed.remove(host);
                return way;
            } catch (Unreachable away) {
                missed.put(host, System.nanoTime());
                why = away;
            }
        }
        throw why;
    }

    /** Those that were missed lately come last. */
    private List<HostName> sooner(List<HostName> candidates) {
        long now = System.nanoTime();
        return candidates.stream()
                .sorted((a, b) -> Boolean.compare(lately(a, now), lately(b, now)))
                .toList();
    }

    private boolean lately(HostName host, long now) {
        var at = missed.get(host);
        return at != null && now - at < AGAIN.toNanos();
    }

    private Way through(HostName host, String there, int port) throws Failure, InterruptedException {
        return hosts.host(host).reach(InetSocketAddress.createUnresolved(there, port));
    }
}
