package io.clusterdeck.redis.hosts;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Another kept cluster that has nodes on the same machine.
 *
 * @param host as that cluster calls the machine
 * @param ports on which its nodes there listen
 */
public record Neighbour(String cluster, HostName host, Set<Integer> ports) {

    /** Of one cluster's host, among all that are kept. */
    public static List<Neighbour> of(String cluster, HostSpec host, Collection<ClusterSpec> kept) {
        return kept.stream()
                .filter(other -> !other.name().equals(cluster))
                .flatMap(other -> other.hosts().stream()
                        .filter(h -> same(h, host))
                        .map(h -> new Neighbour(other.name(), h.name(), ports(other, h.name()))))
                .filter(n -> !n.ports.isEmpty())
                .toList();
    }

    /** One machine by its address, reached the same way: behind another jump the same address may be another machine. */
    private static boolean same(HostSpec a, HostSpec b) {
        return a.local() == b.local()
                && (a.local() || a.address().equals(b.address()) && Objects.equals(a.jump(), b.jump()));
    }

    private static Set<Integer> ports(ClusterSpec spec, HostName host) {
        return spec.sites().stream()
                .filter(s -> s.host().equals(host))
                .map(NodeSite::port)
                .collect(Collectors.toUnmodifiableSet());
    }
}
