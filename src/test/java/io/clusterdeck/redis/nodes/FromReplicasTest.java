package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.say.Say;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What replicas tell of what their dead master must load. Times are those of {@link Layouts}. */
class FromReplicasTest {
    private static final String STREAM = "0123456789012345678901234567890123456789";
    private static final Directives DUMPS = Directives.of("appendonly no\n");
    private static final Directives APPENDS = Directives.of("appendonly yes\n");

    private final Layouts layouts = new Layouts(3, 1)
            .info(
                    Layouts.r(0, 1),
                    "db0",
                    "keys=100,expires=10,avg_ttl=0",
                    "master_link_status",
                    "down",
                    "master_link_down_since_seconds",
                    "20",
                    "master_replid",
                    STREAM,
                    "slave_repl_offset",
                    "70000");

    private List<String> less(Optional<NodeInfo> last, Optional<Boolean> appended, Directives file, String head) {
        var files = new FileFacts(
                FileFacts.Presence.FOUND,
                Optional.of(new FileFacts.File("rdb", 100, Instant.EPOCH)),
                RdbHead.of(head),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "",
                1 << 30,
                Duration.ZERO);
        return FromReplicas.less(layouts.state().replicasOf(Layouts.m(0)), last, appended, file, files).stream()
                .map(Say::key)
                .map(k -> k.replace("nodes.reload.", ""))
                .toList();
    }

    private static Optional<NodeInfo> seenAt(long second) {
        return Optional.of(new NodeInfo(Instant.ofEpochSecond(second), Map.of("aof_enabled", "0"), Map.of()));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** As rdbSaveInfoAuxFields writes it. */
    private static String head(String stream, String offset) {
        return hex("REDIS0009")
                + "fa09" + hex("redis-ver") + "05" + hex("6.2.3")
                + "fa0a" + hex("redis-bits") + "c040"
                + "fa05" + hex("ctime") + "c2" + "00e1f565"
                + "fa07" + hex("repl-id") + "28" + hex(stream)
                + "fa0b" + hex("repl-offset") + offset
                + "fe00";
    }

    @Test
    void aDumpThatHoldsAllThatTheyReceivedIsEnough() {
        assertEquals(List.of(), less(Optional.empty(), Optional.empty(), DUMPS, head(STREAM, "c270110100")));
        assertEquals(
                List.of("dump-short"), less(Optional.empty(), Optional.empty(), DUMPS, head(STREAM, "c26f110100")));
        assertEquals(
                List.of("dump-unseen"),
                less(Optional.empty(), Optional.empty(), DUMPS, head(STREAM.replace('9', '8'), "c270110100")),
                "of another stream");
        assertEquals(
                List.of(), less(Optional.empty(), Optional.empty(), DUMPS, head(STREAM, "0b" + hex("10000000000"))));
        for (var torn : List.of(
                "", "00", hex("REDIS0009") + "fa", head(STREAM, "c27011").substring(0, 200))) {
            assertEquals(List.of("dump-unseen"), less(Optional.empty(), Optional.empty(), DUMPS, torn), torn);
        }
    }

    @Test
    void whoSawItUntilItsEndNeedsThemNot() {
        assertEquals(List.of(), less(seenAt(-21), Optional.empty(), DUMPS, ""));
        assertEquals(List.of("dump-unseen"), less(seenAt(-60), Optional.empty(), DUMPS, ""));
    }

    @Test
    void whetherItAppendedMustBeKnown() {
        assertEquals(List.of("append-unseen"), less(Optional.empty(), Optional.empty(), APPENDS, ""));
        assertEquals(List.of(), less(Optional.empty(), Optional.of(true), APPENDS, ""));
        assertEquals(List.of("aof-only-file"), less(Optional.empty(), Optional.of(false), APPENDS, ""));
        assertEquals(List.of("aof-only-live"), less(Optional.empty(), Optional.of(true), DUMPS, ""));
    }

    @Test
    void replicasThatHoldNothingLoseNothing() {
        layouts.info(Layouts.r(0, 1), "db0", "keys=0,expires=0,avg_ttl=0");
        assertEquals(List.of(), less(Optional.empty(), Optional.empty(), DUMPS, ""));
    }
}
