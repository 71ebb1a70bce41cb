package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.TakeOver;
import io.clusterdeck.redis.failover.Told;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.nodes.Operated;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Terms;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who was master is put back, whatever the nodes say of each other at that moment. */
@Tag("local")
class LayoutStepTest {

    /** As many answers as two tries in a row would ask for, and some. */
    private static final int LATE = 300;

    private final AtomicInteger answers = new AtomicInteger();

    /** Who was replaced is for the others a master without slots until it has pinged them as a replica. */
    private String asBeforeThat(String nodes, NodeAddress replaced) {
        return nodes.replaceAll(
                "(?m)^(\\S+ " + replaced.host() + ":" + replaced.port() + "@\\S+) slave \\S+ ", "$1 master - ");
    }

    private Links late(Links links, NodeAddress replaced) {
        return new Told(
                links,
                (to, command, reply) -> command.getLast().equals("NODES") && answers.incrementAndGet() < LATE
                        ? new Reply.Text(asBeforeThat(reply.text(), replaced))
                        : reply);
    }

    @Test
    void oneThatHasOnlyJustBecomeAReplicaIsPutBack(@TempDir Path folder) throws Exception {
        var cluster = LocalCluster.start(3, 1, "cluster-node-timeout 2000", "appendonly yes");
        try (var operated = new Operated(cluster, folder)) {
            cluster.until("well", () -> Healthy.ill(operated.ops.now().get()).isEmpty());
            var links = late(operated.ops.links(), cluster.server(0).address());
            var ops = new Ops(operated.ops.spec(), operated.ops.now(), links, operated.ops.ground(), site -> {});
            var remember = LayoutStep.remember(
                    ops, LocalCluster.HOST, operated.ops.now().get(), new Terms(2_000, true, 10, 10));
            TakeOver.by(cluster, 3);
            operated.seesRole(0, false);
            remember.undo(operated.ops.ground(), line -> {});
            operated.seesRole(0, true);
            operated.seesRole(3, false);
        }
    }
}
