package io.clusterdeck.redis.timeline;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A recording of servers on this computer. */
final class LocalRecording implements AutoCloseable, Ground {
    final LocalCluster cluster;
    final LettuceLinks links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
    final ClusterWatch watch;
    final Recording recording;
    private final LocalHost host = new LocalHost(LocalCluster.HOST);

    /** @param logs whether the logs are known */
    LocalRecording(LocalCluster cluster, boolean logs) throws InterruptedException {
        this.cluster = cluster;
        var spec = logs ? cluster.spec() : cluster.spec().withSites(List.of());
        watch = new ClusterWatch(() -> spec, links);
        watch.look(Duration.ofSeconds(20));
        recording = new Recording(spec, watch, links, this);
    }

    @Override
    public Host host(HostName name) {
        return host;
    }

    @Override
    public Optional<Secret> secret(String name) {
        return Optional.empty();
    }

    @Override
    public void close() {
        recording.close();
        watch.close();
        links.close();
        cluster.close();
    }
}
