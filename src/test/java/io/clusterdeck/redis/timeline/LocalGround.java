package io.clusterdeck.redis.timeline;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Secret;
import java.util.Optional;

/** This computer under every name, and no secret. */
final class LocalGround implements Ground {
    private final LocalHost host = new LocalHost(LocalCluster.HOST);

    @Override
    public Host host(HostName name) {
        return host;
    }

    @Override
    public Optional<Secret> secret(String name) {
        return Optional.empty();
    }
}
