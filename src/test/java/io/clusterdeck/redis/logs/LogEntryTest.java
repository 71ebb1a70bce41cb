package io.clusterdeck.redis.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.clock.ClockOffset;
import io.clusterdeck.redis.logs.LogEntry.Level;
import io.clusterdeck.redis.model.NodeId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Log lines by our clock. */
class LogEntryTest {

    private static final NodeId NODE = new NodeId("a");
    private static final ClockOffset AHEAD = new ClockOffset(Instant.EPOCH, 1_500_000, 300);

    private static LogEntry read(String line) {
        return LogEntry.of(NODE, line, ZoneOffset.ofHours(8), AHEAD, Optional.empty());
    }

    @Test
    void zoneAndOffsetAreTakenOff() {
        var entry = read("1834:M 22 Nov 2026 11:58:01.204 * DB saved on disk");
        assertEquals(Instant.parse("2026-11-22T03:57:59.704Z"), entry.at());
        assertEquals("DB saved on disk", entry.text());
        assertEquals(300, entry.error());
    }

    /** Berlin goes back from summer time on 25 October 2026 at 03:00: the log goes on in winter time, whenever following began. */
    @Test
    void theZoneIsTheOneOfTheSeason() {
        var berlin = ZoneId.of("Europe/Berlin");
        assertEquals(
                List.of(Instant.parse("2026-10-24T23:00:00Z"), Instant.parse("2026-10-25T03:00:00Z")),
                Stream.of("25 Oct 2026 01:00:00.000", "25 Oct 2026 04:00:00.000")
                        .map(t -> LogEntry.of(NODE, "1:M " + t + " * x", berlin, ClockOffset.NONE, Optional.empty()))
                        .map(LogEntry::at)
                        .toList());
    }

    @Test
    void levelsByTheirMarks() {
        assertEquals(Level.WARNING, read("1:S 2 Jan 2026 01:02:03.004 # oops").level());
        assertEquals(Level.NOTICE, read("1:S 2 Jan 2026 01:02:03.004 * well").level());
        assertEquals(
                Level.VERBOSE, read("1:S 2 Jan 2026 01:02:03.004 - Accepted").level());
        assertEquals(
                Level.DEBUG, read("1:X 2 Jan 2026 01:02:03.004 . 3 clients").level());
    }

    @Test
    void aLineWithoutATimeBelongsToTheOneBefore() {
        var first = read("1:M 22 Nov 2026 11:58:01.204 # === REDIS BUG REPORT START");
        var next = LogEntry.of(NODE, "Redis 6.2.3 crashed", ZoneOffset.UTC, AHEAD, Optional.of(first));
        assertEquals(first.at(), next.at());
        assertEquals(Level.WARNING, next.level());
        assertEquals(Instant.EPOCH, read("               _._   ").at());
    }
}
