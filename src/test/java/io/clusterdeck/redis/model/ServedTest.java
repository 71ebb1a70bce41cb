package io.clusterdeck.redis.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.export.Exports;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.nodes.Layouts;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.redis.snapshot.SnapshotReader;
import io.clusterdeck.redis.snapshot.Taken;
import io.clusterdeck.words.Words;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That a slot has an owner does not mean that anybody serves it. */
class ServedTest {

    /** The same with who owns what. */
    private static ClusterState state(Layouts layout) {
        var nodes = layout.state().nodes();
        var masters = nodes.values().stream().filter(Node::isMaster).toList();
        var owner = new short[SlotRange.SLOTS];
        Arrays.fill(owner, (short) -1);
        for (int i = 0; i < masters.size(); i++) {
            for (var range : masters.get(i).slots()) {
                Arrays.fill(owner, range.from(), range.to() + 1, (short) i);
            }
        }
        return new ClusterState(
                "carts",
                Instant.EPOCH,
                nodes,
                Map.of(),
                List.of(),
                List.of(),
                new SlotOwners(masters.stream().map(Node::id).toList(), owner),
                1,
                Duration.ofMillis(100),
                0);
    }

    private static Layouts layout() {
        return new Layouts(3, 1);
    }

    private static int of(Layouts layout, int... masters) {
        return Arrays.stream(masters)
                .map(i -> layout.of(Layouts.m(i)).slotCount())
                .sum();
    }

    @Test
    void whatAFailedMasterOwnsIsServedByNobody() {
        var layout = layout().fail(Layouts.m(0));
        assertEquals(SlotRange.SLOTS, state(layout).owners().covered());
        assertEquals(of(layout, 1, 2), state(layout).served());
        assertEquals(SlotRange.SLOTS, state(layout()).served());
    }

    @Test
    void nothingIsServedByAMasterThatRefusesKeys() {
        var all = state(layout()).nodes().values().stream()
                .map(ServedTest::refusing)
                .toList();
        assertTrue(all.stream().allMatch(Node::refusesKeys));
        var healthy = state(layout());
        var state = new ClusterState(
                "carts",
                Instant.EPOCH,
                Map.ofEntries(all.stream().map(n -> Map.entry(n.id(), n)).toArray(Map.Entry[]::new)),
                Map.of(),
                List.of(),
                List.of(),
                healthy.owners(),
                1,
                Duration.ofMillis(100),
                0);
        assertEquals(0, state.served());
    }

    private static Node refusing(Node n) {
        var info = new NodeInfo(Instant.EPOCH, Map.of(), Map.of("cluster_state", "fail"));
        return n.telling(info);
    }

    /** The document keeps both, and what is written for people says the one that matters. */
    @Test
    void snapshotsAndReportsTellBoth() throws Exception {
        var layout = layout().fail(Layouts.m(0));
        var snapshot = new Snapshot(state(layout), Taken.byHand("ops@deck1"));
        var text = SnapshotJson.text(snapshot);
        int served = of(layout, 1, 2);
        assertTrue(text.contains("\"slotsCovered\" : 16384") && text.contains("\"slotsServed\" : " + served), text);
        assertEquals(served, SnapshotReader.read(text, "a file").state().served());
        var said = "%,d".formatted(served);
        for (var format : List.of(Format.MARKDOWN, Format.HTML, Format.SVG)) {
            var report = new String(Exports.of(format, snapshot, Words.in(Locale.ENGLISH)), StandardCharsets.UTF_8);
            assertTrue(report.contains(said), report);
        }
    }
}
