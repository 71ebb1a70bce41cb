package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.probe.Probe;
import io.clusterdeck.redis.watch.ClusterWatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a computer with too much to do a probe is without answers for reasons of its own, and says so: a second client knows how much was the cluster's. */
@Tag("soak")
class BusyTest {
    private static final int BUSY = Integer.getInteger("drill.busy", 4);

    private static final int SECONDS = Integer.getInteger("drill.seconds", 45);

    @TempDir
    Path folder;

    @Test
    void noFaultIsToldThatASecondClientDidNotSee() throws Exception {
        try (var cluster = LocalCluster.start(3, 0, "appendonly yes");
                var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
                var watch = new ClusterWatch(cluster::spec, links)) {
            cluster.until(
                    "every node answers",
                    () -> watch.now().shards().size() == 3
                            && watch.now().nodes().values().stream().allMatch(Node::answers));
            var state = watch.now();
            var busy = new ArrayList<Process>();
            try (var second = new Beside(state);
                    var probe = new Probe(links, state, List.of(), "busy", folder.resolve("acks"))) {
                probe.warm();
                for (int i = 0; i < BUSY; i++) {
                    busy.add(new ProcessBuilder(
                                    "timeout", Integer.toString(SECONDS + 60), "sh", "-c", "while :; do :; done")
                            .start());
                }
                probe.mark(DrillResult.FAULT);
                Thread.sleep(SECONDS * 1_000L);
                second.end();
                var measured = probe.end(left -> {});
                second.agree(measured, 0, measured::toString);
            } finally {
                busy.forEach(Process::destroy);
            }
        }
    }
}
