package io.clusterdeck.redis.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.UnexpectedOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterNodesParserTest {

    private static final String ID = "07c37dfeb235213a872192d90877d0cd55635b91";
    private static final String OTHER = "67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1";

    private static NodeRow one(String line) throws UnexpectedOutput {
        var rows = ClusterNodesParser.parse(line);
        assertEquals(1, rows.size());
        return rows.getFirst();
    }

    @Test
    void everyFieldOfALine() throws Exception {
        var row = one(ID + " 10.0.0.7:30004@31004 slave,nofailover " + OTHER
                + " 1426238316232 1426238317239 4 disconnected\n");
        assertEquals(
                new NodeRow(
                        new NodeId(ID),
                        new NodeAddress("10.0.0.7", 30004, 31004),
                        "",
                        Map.of(),
                        Set.of(Flag.REPLICA, Flag.NOFAILOVER),
                        Optional.of(new NodeId(OTHER)),
                        1426238316232L,
                        1426238317239L,
                        4,
                        false,
                        List.of(),
                        Map.of(),
                        Map.of()),
                row);
        assertEquals(Role.REPLICA, row.role());
    }

    @Test
    void slotsAndOpenSlots() throws Exception {
        var row = one(ID + " 127.0.0.1:1@2 myself,master - 0 0 12 connected 0 5-7 16383 [5->-" + OTHER + "] [93-<-"
                + OTHER + "]");
        assertEquals(List.of(new SlotRange(0, 0), new SlotRange(5, 7), new SlotRange(16383, 16383)), row.slots());
        assertEquals(Map.of(5, new NodeId(OTHER)), row.migrating());
        assertEquals(Map.of(93, new NodeId(OTHER)), row.importing());
    }

    /** From the documented formats: 3.x, 6.x, 7.0 with a hostname, 7.2 and Valkey 8 with fields after it, IPv6. */
    @Test
    void addressesOfEveryVersion() throws Exception {
        var tail = " master - 0 0 1 connected";
        assertEquals(
                new NodeAddress("10.0.0.1", 7000, 17000),
                one(ID + " 10.0.0.1:7000" + tail).address());
        assertEquals(
                new NodeAddress("10.0.0.1", 7000, 9),
                one(ID + " 10.0.0.1:7000@9" + tail).address());
        assertEquals(
                new NodeAddress("", 7000, 17000),
                one(ID + " :7000@17000" + tail).address());
        assertEquals(
                new NodeAddress("", 0, 0),
                one(ID + " :0@0 noaddr,master - 0 0 1 disconnected").address());
        assertEquals(
                new NodeAddress("fe80::1", 7000, 17000),
                one(ID + " fe80::1:7000@17000" + tail).address());
        var named = one(ID + " 10.0.0.1:7000@17000,redis-1.example" + tail);
        assertEquals("redis-1.example", named.hostname());
        assertEquals(Map.of(), named.aux());
        var aux = one(ID + " 10.0.0.1:7000@17000,,tls-port=0,shard-id=69bc080733d1355567173199cff4a6a039a2f024" + tail);
        assertEquals("", aux.hostname());
        assertEquals("69bc080733d1355567173199cff4a6a039a2f024", aux.aux().get("shard-id"));
        assertEquals("0", aux.aux().get("tls-port"));
        var both = one(ID + " 10.0.0.1:7000@17000,n1,nodename=blue" + tail);
        assertEquals("n1", both.hostname());
        assertEquals(Map.of("nodename", "blue"), both.aux());
    }

    @Test
    void nodesConfHasALineThatIsNoNode() throws Exception {
        var conf = ID + " 127.0.0.1:1@2 myself,master - 0 0 1 connected 0-5\nvars currentEpoch 6 lastVoteEpoch 0\n";
        assertEquals(1, ClusterNodesParser.parse(conf).size());
    }

    @Test
    void flagsThatAreNewToUsDoNoHarm() throws Exception {
        assertEquals(
                Set.of(),
                one(ID + " 127.0.0.1:1@2 noflags - 0 0 0 disconnected").flags());
        assertEquals(
                Set.of(Flag.MASTER, Flag.FAIL),
                one(ID + " 127.0.0.1:1@2 master,fail,brand-new - 0 0 0 disconnected")
                        .flags());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "word",
                "07c3 127.0.0.1:1@2 master - 0 0 1",
                "07c3 127.0.0.1:x@2 master - 0 0 1 connected",
                "07c3 127.0.0.1 master - 0 0 1 connected",
                "07c3 127.0.0.1:1@2 master - 0 zero 1 connected",
                "07c3 127.0.0.1:1@2 master - 0 0 1 connected 0-16384",
                "07c3 127.0.0.1:1@2 master - 0 0 1 connected [5",
                "07c3 127.0.0.1:1@2  master - 0 0 1 connected"
            })
    void aLineThatIsNotUnderstoodIsSaid(String line) {
        var failure = assertThrows(UnexpectedOutput.class, () -> ClusterNodesParser.parse(line));
        assertEquals(line, failure.what().args().get("line"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.2.3/ok.0", "6.2.7/ok.0", "6.2.7/ok.5", "7.0.15/ok.1", "7.0.15/hostname.0"})
    void recordedViewsOfAHealthyCluster(String name) throws Exception {
        var rows = ClusterNodesParser.parse(Replies.of(name + ".nodes"));
        assertEquals(6, rows.size());
        assertEquals(3, rows.stream().filter(r -> r.role() == Role.REPLICA).count());
        assertEquals(
                SlotRange.SLOTS,
                rows.stream()
                        .flatMap(r -> r.slots().stream())
                        .mapToInt(SlotRange::size)
                        .sum());
        assertEquals(1, rows.stream().filter(r -> r.has(Flag.MYSELF)).count());
        assertTrue(rows.stream().allMatch(NodeRow::linkUp));
        assertEquals(
                name.contains("hostname") ? "h.example" : "", rows.getFirst().hostname());
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.2.7", "7.0.15"})
    void recordedViewsOfTrouble(String version) throws Exception {
        var empty = one(Replies.of(version + "/empty.0.nodes"));
        assertEquals("", empty.address().host());
        var handshake = ClusterNodesParser.parse(Replies.of(version + "/handshake.0.nodes"));
        assertEquals(2, handshake.stream().filter(r -> r.has(Flag.HANDSHAKE)).count());
        var open = ClusterNodesParser.parse(Replies.of(version + "/open.0.nodes"));
        assertEquals(
                Set.of(5, 7),
                open.stream().flatMap(r -> r.migrating().keySet().stream()).collect(Collectors.toSet()));
        var fail = ClusterNodesParser.parse(Replies.of(version + "/fail.0.nodes"));
        var dead = fail.stream().filter(r -> r.has(Flag.FAIL)).toList();
        assertEquals(1, dead.size());
        assertFalse(dead.getFirst().linkUp());
        assertTrue(dead.getFirst().pingSent() > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.2.3", "7.0.15"})
    void recordedSuspicion(String version) throws Exception {
        var rows = ClusterNodesParser.parse(Replies.of(version + "/pfail.0.nodes"));
        var suspected = rows.stream().filter(r -> r.has(Flag.PFAIL)).toList();
        assertEquals(1, suspected.size());
        assertFalse(suspected.getFirst().has(Flag.FAIL));
        assertEquals(5461, suspected.getFirst().slots().getFirst().size());
        assertEquals(
                "5461",
                InfoParser.parse(Replies.of(version + "/pfail.0.cluster-info")).get("cluster_slots_pfail"));
    }
}
