package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.ssh.RemotePath;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Berlin sets its clocks back from summer time on 25 October 2026 at 03:00: 02:30 is there twice, at 00:30 and 01:30 UTC. */
class DoubledHourTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant FIRST = Instant.parse("2026-10-25T00:30:00Z");
    private static final Instant SECOND = Instant.parse("2026-10-25T01:30:00Z");

    private final LogReader reader = new LogReader(new NodeId("f".repeat(40)), BERLIN);

    private static LogLine line(String time) {
        return new LogLine(
                new HostName("h1"),
                new RemotePath("/r/redis.log"),
                7,
                0,
                "1:M 25 Oct 2026 " + time + ".000 # Cluster state changed: fail");
    }

    private Instant past(String time) {
        return reader.read(line(time)).orElseThrow().at();
    }

    /** Whoever writes seldom has no line above it in that hour. */
    @Test
    void whatComesWhileItIsFollowedIsOfTheHourInWhichItComes() {
        past("01:10:00");
        assertEquals(
                SECOND,
                reader.readAt(SECOND.plusMillis(300), line("02:30:00"))
                        .orElseThrow()
                        .at());
        var other = new LogReader(new NodeId("e".repeat(40)), BERLIN);
        assertEquals(
                FIRST,
                other.readAt(FIRST.plusMillis(300), line("02:30:00"))
                        .orElseThrow()
                        .at());
    }

    @Test
    void ofThePastALineThatGoesBackTellsBoth() {
        assertEquals(FIRST.plus(Duration.ofMinutes(10)), past("02:40:00"));
        assertTrue(reader.doubled().isPresent(), "so far it may be of either");
        assertEquals(SECOND, past("02:30:00"));
        assertFalse(reader.doubled().isPresent());
    }

    @Test
    void whereNothingTellsItThatIsKnown() {
        past("01:10:00");
        assertFalse(reader.doubled().isPresent());
        assertEquals(FIRST, past("02:30:00"));
        past("03:30:00");
        assertEquals(Optional.of(FIRST), reader.doubled());
    }

    /** It is said of the failovers of that night alone. */
    @Test
    void itIsSaidOfThatNight() {
        var note = Say.of("timeline.note.doubled", "nodes", List.of("9000"), "at", FIRST.toEpochMilli());
        assertTrue(Sources.concerns(note, SECOND));
        assertFalse(Sources.concerns(note, SECOND.plus(Duration.ofDays(1))));
        assertTrue(Sources.concerns(Say.of("timeline.note.no-clock"), SECOND));
    }

    /** Its last line, read as of the first hour, would be an hour before the file was written, as in another zone. */
    @Test
    void theSecondHourIsNoOtherZone() {
        for (var written : List.of(FIRST, SECOND)) {
            var exit = new Exit(
                    0,
                    Map.of(
                            "last",
                            List.of(line("02:30:00").text()),
                            "written",
                            List.of(Long.toString(written.getEpochSecond()))),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
            assertEquals(Optional.empty(), LogZone.other(exit, BERLIN), written::toString);
        }
    }
}
