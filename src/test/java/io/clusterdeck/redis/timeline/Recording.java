package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A recorder at a real cluster on this computer; what it keeps stays in memory. */
final class Recording implements AutoCloseable, Ground, Shelf {
    final LocalCluster cluster;
    final Map<String, String> kept = new ConcurrentHashMap<>();
    final LettuceLinks links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
    final ClusterWatch watch;
    final Recorder recorder;
    private final LocalHost host = new LocalHost(LocalCluster.HOST);

    /** @param logs whether the logs are known */
    Recording(LocalCluster cluster, boolean logs) throws InterruptedException {
        this.cluster = cluster;
        var spec = logs ? cluster.spec() : withoutSites(cluster.spec());
        watch = new ClusterWatch(() -> spec, links);
        watch.look(Duration.ofSeconds(20));
        recorder = new Recorder(() -> spec, watch, links, this, this);
        // what was before is told from calm that the recorder has seen
        var calm = new CountDownLatch(3);
        try (var looking = watch.each(state -> calm.countDown())) {
            assertTrue(calm.await(20, TimeUnit.SECONDS), "the watch tells states");
        }
        if (logs) {
            cluster.until("logs read", () -> cluster.servers().stream().allMatch(s -> recorder.logged(s.id())));
        }
    }

    private static ClusterSpec withoutSites(ClusterSpec spec) {
        return spec.withSites(List.of());
    }

    /** The newest failover that is as wanted, once there is one. */
    Timeline await(String what, Predicate<Timeline> wanted) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> recorder.all().stream()
                                .map(Kept::timeline)
                                .filter(wanted)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
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
    public void keep(String name, String json) {
        kept.put(name, json);
    }

    @Override
    public List<String> names() {
        return List.copyOf(kept.keySet());
    }

    @Override
    public String read(String name) {
        return kept.get(name);
    }

    @Override
    public void close() {
        recorder.close();
        watch.close();
        links.close();
        cluster.close();
    }
}
