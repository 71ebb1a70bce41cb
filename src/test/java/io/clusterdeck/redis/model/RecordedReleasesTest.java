package io.clusterdeck.redis.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the servers of Debian's packages said, six nodes each on loopback: put together, handed over, killed and elected. */
class RecordedReleasesTest {

    private static String said(String release, String name) {
        return Replies.of(release + "/" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.0.16", "8.0.6", "valkey-8.1.1", "valkey-9.1.2"})
    void everyViewIsUnderstood(String release) throws Exception {
        var views = IntStream.range(0, 6).mapToObj(i -> "ok." + i + ".nodes").toList();
        for (var view : views) {
            var rows = ClusterNodesParser.parse(said(release, view));
            assertEquals(6, rows.size());
            assertEquals(3, rows.stream().filter(r -> r.role() == Role.REPLICA).count());
            assertEquals(
                    SlotRange.SLOTS,
                    rows.stream()
                            .flatMap(r -> r.slots().stream())
                            .mapToInt(SlotRange::size)
                            .sum());
            assertTrue(rows.stream().allMatch(NodeRow::linkUp));
            assertTrue(rows.stream()
                    .allMatch(r -> r.address().busPort() == r.address().port() + 10_000));
        }
        assertEquals(
                "",
                ClusterNodesParser.parse(said(release, "empty.0.nodes"))
                        .getFirst()
                        .address()
                        .host());
        assertTrue(ClusterNodesParser.parse(said(release, "handshake.0.nodes")).stream()
                .anyMatch(r -> r.has(Flag.HANDSHAKE)));
        for (int i : new int[] {0, 1}) {
            var open = ClusterNodesParser.parse(said(release, "open." + i + ".nodes"));
            assertEquals(
                    Set.of(5),
                    open.stream()
                            .flatMap(r -> (i == 0 ? r.migrating() : r.importing()).keySet().stream())
                            .collect(Collectors.toSet()));
        }
        var dead = ClusterNodesParser.parse(said(release, "fail.1.nodes")).stream()
                .filter(r -> r.has(Flag.FAIL))
                .toList();
        assertEquals(1, dead.size());
        assertEquals(5461, dead.getFirst().slots().getFirst().size());
        for (var after : new String[] {"after.3.nodes", "after.0.nodes"}) {
            var rows = ClusterNodesParser.parse(said(release, after));
            var heir = rows.stream()
                    .filter(r -> r.role() == Role.MASTER
                            && !r.slots().isEmpty()
                            && r.slots().getFirst().from() == 0)
                    .toList();
            assertEquals(1, heir.size(), after);
            assertTrue(heir.getFirst().epoch() > dead.getFirst().epoch(), after);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.0.16", "8.0.6", "valkey-8.1.1", "valkey-9.1.2"})
    void whatItSaysOfItselfIsFound(String release) {
        var master = info(release, "0");
        assertEquals(release, master.version());
        assertEquals("master", master.text("role").orElseThrow());
        assertTrue(master.number("process_id").orElse(0) > 0);
        assertTrue(master.text("executable").orElseThrow().endsWith("-server"));
        assertEquals("1", master.text("aof_enabled").orElseThrow());
        assertTrue(master.stateOk());
        assertEquals(6, master.clusterNumber("cluster_known_nodes").orElseThrow());
        var replica = info(release, "3");
        assertEquals("slave", replica.text("role").orElseThrow());
        assertEquals("up", replica.text("master_link_status").orElseThrow());
        assertEquals(40, replica.text("master_replid").orElseThrow().length());
        assertTrue(replica.number("slave_repl_offset").isPresent());
        assertTrue(replica.number("rdb_changes_since_last_save").isPresent());
        var failed = InfoParser.parse(said(release, "fail.1.cluster-info"));
        assertEquals(
                Map.of("cluster_slots_fail", "5461"), Map.of("cluster_slots_fail", failed.get("cluster_slots_fail")));
    }

    private static NodeInfo info(String release, String node) {
        return new NodeInfo(
                Instant.EPOCH,
                InfoParser.parse(said(release, "ok." + node + ".info")),
                InfoParser.parse(said(release, "ok." + node + ".cluster-info")));
    }
}
