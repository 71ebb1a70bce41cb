package io.clusterdeck.deck;

import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
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
 */
public record Adoption(
        String name, NodeAddress seed, String user, Optional<Secret> password, Access access, List<HostSpec> hosts) {

    public Adoption {
        hosts = List.copyOf(hosts);
    }
}
