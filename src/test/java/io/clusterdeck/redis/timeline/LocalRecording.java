package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.watch.ClusterWatch;
import java.time.Duration;
import java.util.List;

/** A recording of servers on this computer. */
final class LocalRecording implements AutoCloseable {
    final LocalCluster cluster;
    final LettuceLinks links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
    final ClusterWatch watch;
    final Recording recording;

    /** @param logs whether the logs are known */
    LocalRecording(LocalCluster cluster, boolean logs) throws InterruptedException {
        this.cluster = cluster;
        var spec = logs ? cluster.spec() : cluster.spec().withSites(List.of());
        watch = new ClusterWatch(() -> spec, links);
        watch.look(Duration.ofSeconds(20));
        recording = new Recording(spec, watch, links, new LocalGround());
    }

    @Override
    public void close() {
        recording.close();
        watch.close();
        links.close();
        cluster.close();
    }
}
