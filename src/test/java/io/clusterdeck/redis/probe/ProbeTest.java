package io.clusterdeck.redis.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A probe whose shards do not all serve, or that goes on for longer than it remembers. */
@Tag("local")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProbeTest {
    private static LocalCluster cluster;
    private static LettuceLinks links;
    private static ClusterState state;

    @TempDir
    Path folder;

    @BeforeAll
    static void begin() {
        cluster = LocalCluster.start(3, 0, "cluster-require-full-coverage no");
        links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
        try (var watch = new ClusterWatch(cluster::spec, links)) {
            cluster.until(
                    "every node answers",
                    () -> watch.now().shards().size() == 3
                            && watch.now().nodes().values().stream().allMatch(Node::answers));
            state = watch.now();
        }
    }

    @AfterAll
    static void end() {
        links.close();
        cluster.close();
    }

    private Path acks() {
        return folder.resolve("acks");
    }

    @Test
    @Order(1)
    void aProbeThatCanNotNoteAnythingLeavesNoThread() {
        assertThrows(NotAllowed.class, () -> new Probe(links, state, List.of(), "none", folder.resolve("none/acks")));
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(t -> t.getName().startsWith("probe ")));
    }

    @Test
    @Order(2)
    void keysThatCanNotBeReadBackAreRemoved() throws Exception {
        var left = new ArrayList<Say>();
        try (var probe = new Probe(links, state, List.of(), "unread", acks())) {
            probe.warm();
            cluster.call(0, "ACL", "SETUSER", "default", "-mget");
            var measured = probe.end(left::add);
            assertFalse(measured.readBack());
        } finally {
            cluster.call(0, "ACL", "SETUSER", "default", "+mget");
        }
        assertEquals(List.of(), left);
        for (int i = 0; i < 3; i++) {
            assertEquals("0", cluster.call(i, "DBSIZE"));
        }
    }

    @Test
    @Order(3)
    void keysThatStayAreTold() throws Exception {
        var left = new ArrayList<Say>();
        try (var probe = new Probe(links, state, List.of(), "stays", acks())) {
            probe.warm();
            cluster.call(0, "ACL", "SETUSER", "default", "-del");
            probe.end(left::add);
        } finally {
            cluster.call(0, "ACL", "SETUSER", "default", "+del");
        }
        assertEquals(List.of("probe.left"), left.stream().map(Say::key).toList());
        cluster.call(0, "FLUSHALL");
    }

    @Test
    @Order(4)
    void whoRemembersNoMoreStillTellsAnOutage() throws Exception {
        long zero = System.nanoTime();
        int written;
        var shard = state.shards().getFirst();
        int i = cluster.servers().stream()
                .map(LocalCluster.Server::id)
                .toList()
                .indexOf(shard.master().id());
        var nodes = List.of(shard.master().address());
        try (var log = new AckLog(acks());
                var stalls = new Stalls(() -> millis(zero));
                var probe = new ShardProbe(links, shard, nodes, "long", log, stalls, () -> millis(zero), 3)) {
            cluster.until("it writes over one key", () -> probe.tried() == 4);
            cluster.until("it works", () -> probe.writeGaps.since(millis(zero)) < Gaps.SHORTEST);
            written = probe.acks().size();
            cluster.kill(i);
            cluster.until("an outage", () -> probe.writeGaps.since(millis(zero)) > 1_000);
            assertEquals(4, probe.tried());
        }
        assertTrue(written <= 3);
        assertEquals(written, Files.readAllLines(acks()).size());
    }

    private static long millis(long zero) {
        return (System.nanoTime() - zero) / 1_000_000;
    }
}
