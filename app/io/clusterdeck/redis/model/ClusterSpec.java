package io.clusterdeck.redis.model;

import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cluster as this computer keeps it: how it is found, reached and guarded, and where its processes are. No secret, no live state.
 *
 * @param production actions ask for its name
 * @param readOnly every action is off
 * @param hosts the machines, empty for a cluster known only by its addresses
 * @param seeds addresses to start from; any one that answers suffices
 * @param access whether nodes are reached straight or through their hosts
 * @param user the ACL user to sign in as; empty for the default user
 * @param sites where each node's files and process are, as far as known
 * @param tls how its nodes are spoken to where they want TLS
 */
public record ClusterSpec(
        String name,
        boolean production,
        boolean readOnly,
        List<HostSpec> hosts,
        List<NodeAddress> seeds,
        Access access,
        String user,
        List<NodeSite> sites,
        Optional<Tls> tls) {

    public ClusterSpec(
            String name,
            boolean production,
            boolean readOnly,
            List<HostSpec> hosts,
            List<NodeAddress> seeds,
            Access access,
            String user,
            List<NodeSite> sites) {
        this(name, production, readOnly, hosts, seeds, access, user, sites, Optional.empty());
    }

    /** The secret of a cluster under which its nodes' password is kept. */
    public static final String PASSWORD = "requirepass";

    public ClusterSpec {
        hosts = List.copyOf(hosts);
        seeds = List.copyOf(seeds);
        sites = List.copyOf(sites);
    }

    /** Whether a lease can lie somewhere: a host is known, and where one of its nodes has its files. */
    public boolean leasable() {
        return hosts.stream()
                .anyMatch(h -> sites.stream().anyMatch(s -> s.host().equals(h.name())));
    }

    public ClusterSpec withSites(List<NodeSite> sites) {
        return new ClusterSpec(name, production, readOnly, hosts, seeds, access, user, sites, tls);
    }

    public ClusterSpec withSeeds(List<NodeAddress> seeds) {
        return new ClusterSpec(name, production, readOnly, hosts, seeds, access, user, sites, tls);
    }

    public ClusterSpec withHosts(List<HostSpec> hosts) {
        return new ClusterSpec(name, production, readOnly, hosts, seeds, access, user, sites, tls);
    }

    /** The same, signing in to that host that way. */
    public ClusterSpec with(HostSpec how) {
        return withHosts(Stream.concat(hosts.stream().filter(h -> !h.name().equals(how.name())), Stream.of(how))
                .toList());
    }

    /** The same, knowing nothing of that host. */
    public ClusterSpec without(HostName host) {
        return withHosts(hosts.stream().filter(h -> !h.name().equals(host)).toList());
    }

    /** Whether nodes have their files there, or another host is reached through it. */
    public boolean needs(HostName host) {
        return sites.stream().anyMatch(s -> s.host().equals(host))
                || hosts.stream().anyMatch(h -> h.name().equals(host) && leads(h));
    }

    private boolean leads(HostSpec to) {
        return hosts.stream()
                .flatMap(h -> Stream.ofNullable(h.jump()))
                .flatMap(jump -> Stream.of(jump.split(",", -1)))
                .map(String::strip)
                .anyMatch(j -> j.equals(to.name().value())
                        || HostSpec.parse(j).address().equals(to.address()));
    }

    /** The same, with that node there. */
    public ClusterSpec with(NodeSite site) {
        return withSites(Stream.concat(sites.stream().filter(s -> !s.at(site.address())), Stream.of(site))
                .toList());
    }

    public ClusterSpec named(String name) {
        return new ClusterSpec(name, production, readOnly, hosts, seeds, access, user, sites, tls);
    }

    public ClusterSpec production(boolean production) {
        return new ClusterSpec(name, production, readOnly, hosts, seeds, access, user, sites, tls);
    }

    public ClusterSpec readOnly(boolean readOnly) {
        return new ClusterSpec(name, production, readOnly, hosts, seeds, access, user, sites, tls);
    }

    public ClusterSpec withTls(Optional<Tls> tls) {
        return new ClusterSpec(name, production, readOnly, hosts, seeds, access, user, sites, tls);
    }

    public enum Access {
        DIRECT,
        THROUGH_HOSTS
    }
}
