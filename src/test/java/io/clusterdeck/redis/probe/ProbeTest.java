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
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A probe whose shards do not all serve, or that goes on for longer than a write is remembered. */
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

    /** Each is read back when it is old enough: what went meanwhile is named, and neither keys nor what is remembered pile up. */
    @Test
    @Order(4)
    void whatIsOldIsReadBackWhileItGoesOn() throws Exception {
        var first = state.shards().getFirst().master();
        int i = index(first);
        try (var probe = new Probe(links, state, List.of(), "long", acks(), Duration.ofSeconds(2), Probe.OFTEN)) {
            probe.warm();
            var key = cluster.call(i, "KEYS", "*:12").strip();
            cluster.call(i, "DEL", key);
            cluster.until(
                    "keys were removed",
                    () -> cluster.call(i, "EXISTS", key.replaceAll("12$", "20")).equals("0"));
            var measured = probe.end(left -> {});
            assertTrue(measured.readBack());
            var shards = measured.shards();
            assertEquals(
                    List.of(key),
                    shards.getFirst().lost().stream().map(Measured.Lost::key).toList());
            assertEquals(0, shards.get(1).lost().size() + shards.get(2).lost().size());
        }
        assertEquals("0", cluster.call(i, "DBSIZE"));
    }

    /** The wanted one first and often, the others less often, and none of them left out. */
    @Test
    @Order(5)
    void moreShardsThanAreAskedOftenAreMeasuredToo() throws Exception {
        var masters = state.shards().stream().map(s -> s.master().address()).toList();
        var wanted = List.of(masters.getLast().toString());
        try (var probe = new Probe(links, state, wanted, "many", acks(), Duration.ofMinutes(10), 1)) {
            probe.warm();
            var measured = probe.end(left -> {});
            var shards = measured.shards();
            assertEquals(
                    List.of(masters.getLast(), masters.get(0), masters.get(1)),
                    shards.stream().map(Measured.OfShard::master).toList());
            assertEquals(
                    List.of(ShardProbe.OFTEN, ShardProbe.SELDOM, ShardProbe.SELDOM),
                    shards.stream().map(Measured.OfShard::every).toList());
            assertTrue(shards.stream().allMatch(s -> s.written() > 20 && s.read() > 20), shards::toString);
            assertTrue(measured.readBack());
        }
        for (int i = 0; i < 3; i++) {
            assertEquals("0", cluster.call(i, "DBSIZE"));
        }
    }

    /** Also those that were never acknowledged, and those that the record names only beforehand. */
    @Test
    @Order(6)
    void whatAProbeLeftIsRemovedByItsRecord() throws Exception {
        var nodes = state.nodes().values().stream().map(Node::address).toList();
        try (var probe = new Probe(links, state, List.of(), "died", acks())) {
            probe.warm();
        }
        var noted = Files.readAllLines(acks());
        assertTrue(noted.stream().filter(l -> l.startsWith("- - ")).count() >= 3);
        Files.write(acks(), noted.stream().filter(l -> l.startsWith("- - ")).toList());
        Leftover.remove(links, nodes, acks());
        for (int i = 0; i < 3; i++) {
            assertEquals("0", cluster.call(i, "DBSIZE"));
        }
    }

    /** However many nodes a cluster has: not each is connected to before the first one is asked again. */
    @Test
    @Order(7)
    void amongVeryManyNodesTheWayIsFound() throws Exception {
        var nodes = new ArrayList<>(
                state.nodes().values().stream().map(Node::address).toList());
        // nobody listens there: the way leads past them
        IntStream.range(0, 200)
                .mapToObj(i -> new NodeAddress("127.0.0.1", 1 + i))
                .forEach(nodes::add);
        var noted = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            var slots = state.node(cluster.server(i).id()).orElseThrow().slots();
            var key = "clusterdeck:drill:x:{" + KeySlots.into(slots) + "}:1";
            cluster.call(i, "SET", key, "1");
            assertEquals("1", cluster.call(i, "DBSIZE"));
            noted.add("- - " + key);
        }
        Files.write(acks(), noted);
        Leftover.remove(links, nodes, acks());
        for (int i = 0; i < 3; i++) {
            assertEquals("0", cluster.call(i, "DBSIZE"));
        }
    }

    /** Of many shards some are asked less often: what is no gap there is longer. */
    @Test
    @Order(8)
    void whoIsAskedSeldomTellsAnOutage() throws Exception {
        long zero = System.nanoTime();
        var shard = state.shards().getFirst();
        int i = index(shard.master());
        var nodes = List.of(shard.master().address());
        try (var log = new AckLog(acks());
                var stalls = new Stalls(() -> millis(zero));
                var probe = new ShardProbe(
                        links,
                        shard,
                        ShardProbe.SELDOM,
                        nodes,
                        "seldom",
                        log,
                        Turns.none(),
                        stalls,
                        () -> millis(zero))) {
            cluster.until("it writes", () -> probe.written() > 20);
            assertTrue(
                    probe.written() <= millis(zero) / ShardProbe.SELDOM + 2,
                    () -> probe.written() + " in " + millis(zero));
            cluster.kill(i);
            cluster.until("an outage", () -> probe.writeGaps.since(millis(zero)) > 1_000);
            assertTrue(probe.writeGaps.until(millis(zero)).getLast().length() > 1_000);
        }
    }

    /** A node that is slow for a moment: what it acknowledges late is acknowledged, on the connection on which it was asked. */
    @Test
    @Order(7)
    void whatIsAnsweredLateIsHeardOnTheSameConnection() throws Exception {
        var shard = state.shards().getFirst();
        int i = index(shard.master());
        long zero = System.nanoTime();
        try (var log = new AckLog(acks());
                var stalls = new Stalls(() -> millis(zero));
                var probe = new ShardProbe(
                        links,
                        shard,
                        ShardProbe.OFTEN,
                        List.of(shard.master().address()),
                        "late",
                        log,
                        Turns.none(),
                        stalls,
                        () -> millis(zero))) {
            cluster.until("it writes and reads", () -> probe.written() > 20 && probe.read() > 20);
            cluster.until("another probe's are gone", () -> probing(i).size() == 2);
            var before = probing(i);
            cluster.call(i, "CLIENT", "PAUSE", "700");
            int written = probe.written();
            int read = probe.read();
            cluster.until("it goes on", () -> probe.written() > written + 20 && probe.read() > read + 20);
            assertEquals(before, probing(i));
            probe.close();
            assertEquals(Integer.toString(probe.written()), cluster.call(i, "DBSIZE"));
            assertEquals(
                    probe.written(),
                    probe.unread(Long.MAX_VALUE, Integer.MAX_VALUE).size());
            assertTrue(probe.writeGaps.until(millis(zero)).stream().anyMatch(g -> g.sure() > 500), "the pause");
        }
        cluster.call(i, "FLUSHALL");
    }

    /** The connections that write or read, by their ids. */
    private static List<String> probing(int i) {
        return cluster.call(i, "CLIENT", "LIST")
                .lines()
                .filter(l -> l.contains(" cmd=set ") || l.contains(" cmd=get "))
                .map(l -> l.substring(0, l.indexOf(' ')))
                .sorted()
                .toList();
    }

    /** A replica that was restarted is connected to again before it is needed. */
    @Test
    @Order(9)
    void whoWasRestartedIsConnectedToAgain() throws Exception {
        var to = cluster.server(1).address();
        try (var lines = new Lines(links, List.of(to), Turns.none())) {
            cluster.until("connected", () -> lines.ready(to).isPresent());
            var before = lines.ready(to).orElseThrow();
            cluster.kill(1);
            cluster.start(1);
            cluster.until("connected again", () -> {
                lines.keep();
                return lines.ready(to).filter(l -> l != before && l.usable()).isPresent();
            });
        }
    }

    private static int index(Node node) {
        return cluster.servers().stream().map(LocalCluster.Server::id).toList().indexOf(node.id());
    }

    private static long millis(long zero) {
        return (System.nanoTime() - zero) / 1_000_000;
    }
}
