package io.clusterdeck.deck;

import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.HostKeyChanged;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
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
 * the others where nobody can be signed in to there: behind an address translation it is no host's address, but perhaps that of a gateway
 * that has an SSH server of its own.
 */
final class NodeWays implements Ways {

    /** For so long a host that could not be reached is not tried again for a node that another one may reach. */
    private static final Duration AGAIN = Duration.ofSeconds(60);

    private final Supplier<ClusterSpec> spec;
    private final Hosts hosts;
    private final Map<HostName, Long> missed = new ConcurrentHashMap<>();

    /** Hosts that refused us, as they were signed in to: they come last, since trying them may ask a person the same question again. */
    private final Map<HostName, HostSpec> refused = new ConcurrentHashMap<>();

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
        var candidates = Stream.concat(own, known.hosts().stream()).distinct().toList();
        Failure why = new Unreachable(
                Say.of("deck.no-host", "node", address), Say.of("deck.no-host.next", "cluster", known.name()));
        for (var host : sooner(candidates)) {
            try {
                var way = through(host.name(), address.host(), address.port());
                missed.remove(host.name());
                refused.remove(host.name());
                return way;
            } catch (Unreachable away) {
                missed.put(host.name(), System.nanoTime());
                why = why instanceof Unreachable ? away : why;
            } catch (SignInRefused | HostKeyChanged | NotAllowed refusal) {
                refused.put(host.name(), host);
                why = refusal;
            }
        }
        throw why;
    }

    /** Those that were missed lately, or refused us, come last. */
    private List<HostSpec> sooner(List<HostSpec> candidates) {
        long now = System.nanoTime();
        return candidates.stream()
                .sorted((a, b) -> Boolean.compare(last(a, now), last(b, now)))
                .toList();
    }

    private boolean last(HostSpec host, long now) {
        var at = missed.get(host.name());
        return at != null && now - at < AGAIN.toNanos() || host.equals(refused.get(host.name()));
    }

    private Way through(HostName host, String there, int port) throws Failure, InterruptedException {
        return hosts.host(host).reach(InetSocketAddress.createUnresolved(there, port));
    }
}
