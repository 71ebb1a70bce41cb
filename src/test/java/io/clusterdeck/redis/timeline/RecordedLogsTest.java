package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines that real servers wrote: masters killed, hung, replaced by hand in each way, replicas moved, elections without votes and with data that
 * was too old. Two lines of each kind were kept.
 */
class RecordedLogsTest {
    private static final Pattern BEARS =
            Pattern.compile("[Ff]ailover|FAIL |[Ee]lection|quorum|possibly failing|orphaned");

    /** What bears on failovers and tells nothing that another line does not tell. */
    private static final Pattern NOTHING_NEW =
            Pattern.compile("Received replication offset for paused .*|Setting myself to primary in shard .*"
                    + "|A failover occurred in shard .*");

    private static final Set<What> EVERY_VERSION_TELLS = EnumSet.of(
            What.MASTER_LOST,
            What.SEEKS_MASTER,
            What.LINK_LOST,
            What.SUSPECTS,
            What.HEARS_SUSPICION,
            What.MARKS_FAIL,
            What.HEARS_FAIL,
            What.CLEARS_FAIL,
            What.STATE_FAIL,
            What.STATE_OK,
            What.TOO_OLD,
            What.DELAYED,
            What.WAITS,
            What.ASKS,
            What.GRANTS,
            What.WON,
            What.EPOCH_SET,
            What.FOLLOWS,
            What.BY_HAND,
            What.BY_HAND_ASKED,
            What.CAUGHT_UP,
            What.SIGNAL,
            What.STARTED);

    @ParameterizedTest
    @ValueSource(strings = {"6.2.3", "7.0.15", "8.0.6", "valkey-9.1.2"})
    void everyLineIsUnderstood(String version) throws IOException {
        var told = EnumSet.noneOf(What.class);
        var ways = new java.util.TreeSet<String>();
        for (var line : lines(version)) {
            var entry = LogEntry.parse(line, ZoneOffset.UTC);
            assertTrue(entry.isPresent(), line);
            var message = entry.get().message();
            var meant = Wording.of(message);
            meant.ifPresent(m -> {
                told.add(m.what());
                if (m.what() == What.BY_HAND) {
                    ways.add(m.more());
                }
            });
            assertTrue(
                    meant.isPresent()
                            || !BEARS.matcher(message).find()
                            || NOTHING_NEW.matcher(message).matches(),
                    line);
        }
        var missing = EnumSet.copyOf(EVERY_VERSION_TELLS);
        missing.removeAll(told);
        assertEquals(Set.of(), missing);
        assertEquals(Set.of("ordinary", "force", "takeover"), ways);
    }

    /** Shorter ones, of other releases. */
    @ParameterizedTest
    @ValueSource(strings = {"6.0.16", "valkey-8.1.1"})
    void noLineThatBearsOnFailoversIsNew(String version) throws IOException {
        for (var line : lines(version)) {
            var message = LogEntry.parse(line, ZoneOffset.UTC).orElseThrow().message();
            assertTrue(
                    Wording.of(message).isPresent()
                            || !BEARS.matcher(message).find()
                            || NOTHING_NEW.matcher(message).matches(),
                    line);
        }
    }

    private static List<String> lines(String version) throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/failover-logs", version + ".log"));
    }
}
