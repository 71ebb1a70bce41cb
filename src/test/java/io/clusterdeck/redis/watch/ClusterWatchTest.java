package io.clusterdeck.redis.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.RealRedis;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.ssh.HostName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("local")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ClusterWatchTest extends WatchesServers {

    private Node at(ClusterState state, int server) {
        int port = servers.get(server).port();
        return state.nodes().values().stream()
                .filter(n -> n.address().port() == port && n.answers()
                        || n.address().port() == port && !n.flags().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anyOneSeedFindsTheRest() throws Exception {
        six();
        for (var seed : List.of(servers.getFirst(), servers.getLast())) {
            var watch = watch(Login.NONE, seed);
            var state = until(
                    watch,
                    s -> whole(s) && s.disagreements().isEmpty() && s.views().size() == 6);
            assertEquals(16384, state.owners().covered());
            assertEquals(3, state.shards().size());
            assertEquals(3, state.currentEpoch());
            assertTrue(
                    state.nodes().values().stream().allMatch(n -> n.host().equals(Optional.of(new HostName("here")))));
            assertTrue(state.tick().toMillis() >= 100, state.tick().toString());
        }
    }

    @Test
    void onlyOneSeedOfManyAnswers() throws Exception {
        six();
        var gone = new NodeAddress("127.0.0.1", 1);
        var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
        open.add(links);
        var spec = spec(List.of(gone, servers.get(3).address()));
        var watch = new ClusterWatch(() -> spec, links);
        open.add(watch);
        until(watch, WatchesServers::whole);
    }

    @Test
    void aKilledMasterIsSeenReplacedAndSeenAgain() throws Exception {
        six("cluster-node-timeout", "1500");
        var watch = watch(Login.NONE, servers.get(1));
        var before = until(watch, WatchesServers::whole);
        var dead = at(before, 0).id();
        var replica = at(before, 3).id();
        var shown = new ConcurrentHashMap<String, Long>();
        var subscription = watch.each(s -> {
            var node = s.node(dead).orElseThrow();
            if (!node.answers()) {
                shown.putIfAbsent("gone", System.nanoTime());
            }
            if (!node.suspectedBy().isEmpty()) {
                shown.putIfAbsent("suspected", System.nanoTime());
            }
        });
        servers.getFirst().kill();
        var gone = until(watch, s -> s.node(dead).orElseThrow().contact() instanceof Contact.Gone);
        assertTrue(gone.node(dead).orElseThrow().info().isPresent(), "what it last said is kept");
        until(watch, s -> s.node(dead).orElseThrow().failed());
        var over = until(
                watch,
                s -> s.node(replica).orElseThrow().isMaster()
                        && s.node(replica).orElseThrow().slotCount() > 0);
        assertEquals(Optional.of(replica), over.owners().of(0));
        assertTrue(shown.containsKey("suspected"));
        subscription.close();
        servers.getFirst().start();
        var back = until(watch, s -> whole(s) && s.node(dead).orElseThrow().role() == Role.REPLICA);
        assertEquals(Optional.of(replica), back.node(dead).orElseThrow().master());
        assertEquals(6, back.nodes().size());
    }

    /** Nanoseconds for 20 answers of a node. */
    private static long tookToAnswer(Watch watch, NodeId node) {
        var answers = new AtomicInteger();
        var last = new AtomicReference<>(Instant.EPOCH);
        long began = System.nanoTime();
        try (var subscription = watch.each(s -> {
            if (s.node(node).orElseThrow().contact() instanceof Contact.Answers a
                    && !a.at().equals(last.getAndSet(a.at()))) {
                answers.incrementAndGet();
            }
        })) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> answers.get() >= 20);
        }
        return System.nanoTime() - began;
    }

    @Test
    void aStoppedNodeIsSilentAndDelaysNobody() throws Exception {
        six("cluster-node-timeout", "60000");
        var watch = watch(Login.NONE, servers.get(0));
        var before = until(watch, WatchesServers::whole);
        var frozen = at(before, 4).id();
        var other = at(before, 1).id();
        long usual = tookToAnswer(watch, other);
        servers.get(4).freeze();
        until(watch, s -> s.node(frozen).orElseThrow().contact() instanceof Contact.Silent);
        // 20 answers at 100 ms; with the frozen node's 1 s in the way each would take ten times as long
        // elsewhere much may be done meanwhile: once is enough
        Awaitility.await("no more than 5 times of " + usual + " ns")
                .atMost(Duration.ofMinutes(2))
                .until(() -> tookToAnswer(watch, other) < 5 * usual);
        assertInstanceOf(
                Contact.Silent.class, watch.now().node(frozen).orElseThrow().contact());
        servers.get(4).thaw();
        until(watch, WatchesServers::whole);
    }

    @Test
    void whenAllAreGoneTheyAreRememberedAndFoundAgain() throws Exception {
        six();
        var watch = watch(Login.NONE, servers.get(0));
        until(watch, WatchesServers::whole);
        servers.forEach(RealRedis::kill);
        var dark = until(watch, s -> s.nodes().values().stream().allMatch(n -> n.contact() instanceof Contact.Gone));
        assertEquals(6, dark.nodes().size());
        assertEquals(16384, dark.owners().covered());
        assertTrue(dark.nodes().values().stream().allMatch(n -> n.info().isPresent()));
        assertEquals(io.clusterdeck.redis.model.Health.UNKNOWN, dark.verdict());
        for (var server : servers) {
            server.start();
        }
        until(watch, WatchesServers::whole);
    }

    @Test
    void emptyServersAreNodesWithoutACluster() throws Exception {
        servers.addAll(RealRedis.cluster(3));
        var watch = watch(Login.NONE, servers.toArray(RealRedis[]::new));
        var state = watch.look(Duration.ofSeconds(20));
        assertEquals(3, state.nodes().size());
        assertEquals(0, state.owners().covered());
        assertEquals(List.of(), state.disagreements());
        assertTrue(
                state.nodes().values().stream().allMatch(n -> n.address().host().equals("127.0.0.1")));
    }

    @Test
    void aNodeThatLostItsFilesIsAnotherNodeNow() throws Exception {
        six("cluster-node-timeout", "1500");
        var watch = watch(Login.NONE, servers.get(0));
        var before = until(watch, WatchesServers::whole);
        NodeId old = at(before, 5).id();
        servers.get(5).kill();
        java.nio.file.Files.delete(servers.get(5).dir().resolve("nodes.conf"));
        servers.get(5).start();
        int port = servers.get(5).port();
        var state = until(
                watch,
                s -> s.node(old).filter(Node::answers).isEmpty()
                        && s.nodes().values().stream().anyMatch(n -> n.address().port() == port && n.answers()));
        assertEquals(16384, state.owners().covered());
    }

    /** The promise: at most 0.5 % of a node's thread, by the nodes' own clock of processor time. */
    @Test
    void whatWatchingCosts() throws Exception {
        six();
        var watch = watch(Login.NONE, servers.get(0));
        until(watch, WatchesServers::whole);
        until(watch, s -> s.cost() > 0 && s.cost() < 0.005);
    }
}
