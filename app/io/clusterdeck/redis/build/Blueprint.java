package io.clusterdeck.redis.build;

import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is wanted: a Redis Cluster on these hosts. Holds no password.
 *
 * @param config any directive of redis.conf and its lines, each as it would stand behind the directive there
 * @param tls on every connection; empty for none
 * @param placement which nodes make which shard, the first of each its master; empty when the program decides
 * @param cure whether findings of the look at the hosts are cured, persistently, as steps of the plan
 */
public record Blueprint(
        String name,
        boolean production,
        List<BuildHost> hosts,
        Release redis,
        Layout layout,
        Map<String, List<String>> config,
        Access access,
        Password password,
        Optional<Encryption> tls,
        List<List<NodeName>> placement,
        boolean cure) {

    public Blueprint {
        hosts = List.copyOf(hosts);
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        placement = placement.stream().map(List::copyOf).toList();
    }

    /**
     * A host and its up to three addresses.
     *
     * @param bind addresses to listen on, the announced one is used between nodes, else the first that is not loopback; empty means the one that SSH reached
     * @param announce the address that clients and other nodes are told, where it differs from that
     * @param sudo whether root may be used where something needs it
     * @param labels such as rack or zone: what fails together
     */
    public record BuildHost(
            HostSpec ssh, List<String> bind, Optional<String> announce, boolean sudo, Map<String, String> labels) {
        public BuildHost {
            bind = List.copyOf(bind);
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        }

        public HostName name() {
            return ssh.name();
        }

        /**
         * Where a server is told to listen, in that order: it calls other nodes from the first (NET_FIRST_BIND_ADDR in server.h), which must
         * not be loopback where there is another, and is best the one by which they know it.
         */
        public List<String> listens() {
            return bind.stream()
                    .sorted(Comparator.comparing(
                                    (String b) -> announce.filter(b::equals).isEmpty())
                            .thenComparing(Addresses::loopback))
                    .toList();
        }
    }

    /**
     * @param build compile once and distribute, or on every host
     * @param malloc jemalloc or libc; empty means jemalloc with glibc, and libc otherwise
     */
    public record Release(String version, Source source, Build build, String malloc) {
        public Release(String version, Source source, Build build) {
            this(version, source, build, "");
        }
    }

    /** Where Redis comes from. Sums are SHA-256 in hex, compared before anything is unpacked. */
    public sealed interface Source {
        /** The hosts fetch the tarball; this computer does where a host has neither curl nor wget. */
        record Download(String url, String sha256) implements Source {}

        /** A tarball of this computer. */
        record Upload(String file, String sha256) implements Source {}

        /** A folder of this computer, or a .tar.gz, with ready programs for the hosts' architecture. */
        record Programs(String file, String sha256) implements Source {}

        /** The redis-server that comes with this program. */
        record Packaged() implements Source {}

        /** What is installed on the hosts already, in this folder. */
        record Installed(String folder) implements Source {}
    }

    public enum Build {
        ONCE,
        EACH
    }

    /**
     * @param root the folder on every host; {@code ~/} is the home of who signs in
     * @param data the name of each node's data folder
     * @param ports of the nodes on a host, used in this order; as many as there may be nodes on one host
     * @param replicas of each master
     * @param user the account that runs the servers, where it is another than the one that signs in
     */
    public record Layout(
            String root, String data, List<Integer> ports, int masters, int replicas, Optional<String> user) {
        public Layout {
            ports = List.copyOf(ports);
        }

        public int nodes() {
            return masters * (1 + replicas);
        }
    }

    /** A node before it has an id. */
    public record NodeName(HostName host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Where the nodes' password comes from. */
    public sealed interface Password {
        /** Made by the program and kept in its store. */
        record Generate() implements Password {}

        /** Asked from the operator, and kept. */
        record Ask() implements Password {}

        /** Whoever reaches a node may do anything. */
        record None() implements Password {}

        /** The first line of a file of this computer. */
        record File(String path) implements Password {}
    }

    public BuildHost host(HostName name) {
        return hosts.stream().filter(h -> h.name().equals(name)).findFirst().orElseThrow();
    }
}
