package io.clusterdeck.deck;

import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Tls;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Secret;
import java.util.List;
import java.util.Optional;

/**
 * A running cluster that is to be kept.
 *
 * @param name under which it is kept
 * @param seed the address of any of its nodes
 * @param user the ACL user; empty for the default one
 * @param hosts how to sign in to its machines; a machine that is not named here is tried under its nodes' address
 * @param tls how its nodes are spoken to where they want TLS
 * @param configWord the word by which its nodes know CONFIG, where it was renamed; their own files tell it, too
 */
public record Adoption(
        String name,
        NodeAddress seed,
        String user,
        Optional<Secret> password,
        Access access,
        List<HostSpec> hosts,
        Optional<Tls> tls,
        Optional<Secret> configWord) {

    /** Of a cluster that speaks without TLS. */
    public Adoption(
            String name,
            NodeAddress seed,
            String user,
            Optional<Secret> password,
            Access access,
            List<HostSpec> hosts) {
        this(name, seed, user, password, access, hosts, Optional.empty(), Optional.empty());
    }

    public Adoption {
        hosts = List.copyOf(hosts);
    }
}
