package io.clusterdeck.plan;

import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import java.util.Optional;

/** What a step may stand on while it runs: hosts and secrets, by name. */
public interface Ground {

    Host host(HostName name) throws Failure;

    /** A secret of the cluster, such as {@code requirepass}; asked from the operator where it is not kept. */
    Optional<Secret> secret(String name) throws Failure, InterruptedException;
}
