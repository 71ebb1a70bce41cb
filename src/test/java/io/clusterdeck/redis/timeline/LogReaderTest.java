package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.ssh.RemotePath;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Log lines as the versions write them, and lines that only look like some. */
class LogReaderTest {

    private static final NodeId SELF = new NodeId("f".repeat(40));
    private static final String A = "acb2b385e3dfc6eee9f67dba0d4dc76608891f23";
    private static final String B = "afc22bd539d2d68e3cf4593d98242cb68a97f2c0";

    private static List<Fact> read(String... lines) {
        var reader = new LogReader(SELF, ZoneId.of("Asia/Shanghai"));
        var facts = new ArrayList<Fact>();
        long offset = 0;
        for (var line : lines) {
            reader.read(new LogLine(new HostName("h1"), new RemotePath("/r/redis.log"), 7, offset, line))
                    .ifPresent(facts::add);
            offset += line.length() + 1;
        }
        return facts;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "# Connection with master lost. | MASTER_LOST | -1 |",
                "* Connection with primary lost. | MASTER_LOST | -1 |",
                ". *** NODE acb2b385e3dfc6eee9f67dba0d4dc76608891f23 possibly failing | SUSPECTS | -1 |",
                "- Node afc22bd539d2d68e3cf4593d98242cb68a97f2c0 reported node acb2b385e3dfc6eee9f67dba0d4dc76608891f23 as not reachable. | HEARS_SUSPICION | -1 | afc22bd539d2d68e3cf4593d98242cb68a97f2c0",
                "- Node afc22bd539d2d68e3cf4593d98242cb68a97f2c0 (n2) reported node acb2b385e3dfc6eee9f67dba0d4dc76608891f23 () as not reachable. | HEARS_SUSPICION | -1 | afc22bd539d2d68e3cf4593d98242cb68a97f2c0",
                "* Marking node acb2b385e3dfc6eee9f67dba0d4dc76608891f23 as failing (quorum reached). | MARKS_FAIL | -1 |",
                "* Marking node acb2b385e3dfc6eee9f67dba0d4dc76608891f23 (orders-1) as failing (quorum reached). | MARKS_FAIL | -1 |",
                "* FAIL message received from afc22bd539d2d68e3cf4593d98242cb68a97f2c0 about acb2b385e3dfc6eee9f67dba0d4dc76608891f23 | HEARS_FAIL | -1 | afc22bd539d2d68e3cf4593d98242cb68a97f2c0",
                "* FAIL message received from afc22bd539d2d68e3cf4593d98242cb68a97f2c0 () about acb2b385e3dfc6eee9f67dba0d4dc76608891f23 () | HEARS_FAIL | -1 | afc22bd539d2d68e3cf4593d98242cb68a97f2c0",
                "# Start of election delayed for 824 milliseconds (rank #0, offset 4812007911). | DELAYED | 824 | 0 4812007911",
                "* Start of election delayed for 1503 milliseconds (rank #1, primary rank #0, offset 14). | DELAYED | 1503 | 1 14",
                "* This is the best ranked replica and can initiate the election immediately. | DELAYED | 0 | 0",
                "* Myself become the best ranked replica, initiate the election immediately | DELAYED | 0 | 0",
                "# Starting a failover election for epoch 13. | ASKS | 13 |",
                "* Starting a failover election for epoch 13, node config epoch is 3 | ASKS | 13 |",
                "# Failover auth granted to acb2b385e3dfc6eee9f67dba0d4dc76608891f23 for epoch 13 | GRANTS | 13 |",
                "* Failover auth granted to acb2b385e3dfc6eee9f67dba0d4dc76608891f23 (orders-1) for epoch 13 | GRANTS | 13 |",
                "# Failover auth denied to acb2b385e3dfc6eee9f67dba0d4dc76608891f23: its master is up | DENIES | -1 | its master is up",
                "* Failover auth denied to acb2b385e3dfc6eee9f67dba0d4dc76608891f23 : can't vote about this master before 2100 milliseconds | DENIES | -1 | can't vote about this master before 2100 milliseconds",
                "# Failover auth denied to acb2b385e3dfc6eee9f67dba0d4dc76608891f23 (x) for epoch 4: it is a primary node | DENIES | -1 | it is a primary node",
                "* Needed quorum: 2. Number of votes received so far: 1 | LACKS_VOTES | 1 | 2",
                "# Failover election won: I'm the new master. | WON | -1 |",
                "* Failover election won: I'm the new primary. | WON | -1 |",
                "# configEpoch set to 13 after successful failover | EPOCH_SET | 13 |",
                "# Configuration change detected. Reconfiguring myself as a replica of acb2b385e3dfc6eee9f67dba0d4dc76608891f23 | FOLLOWS | -1 | M",
                "* Configuration change detected. Reconfiguring myself as a replica of node acb2b385e3dfc6eee9f67dba0d4dc76608891f23 (a) in shard 77 | FOLLOWS | -1 | M",
                "# Manual failover user request accepted. | BY_HAND | -1 | ordinary",
                "# Forced failover user request accepted. | BY_HAND | -1 | force",
                "# Taking over the master (user request). | BY_HAND | -1 | takeover",
                "# Migrating to orphaned master acb2b385e3dfc6eee9f67dba0d4dc76608891f23 | MIGRATES | -1 |",
                "# Cluster state changed: fail | STATE_FAIL | -1 |",
            })
    void eachVersionsWording(String line, What what, long number, String more) {
        var facts = read("7154:M 22 Nov 2026 20:04:16.932 " + line);
        assertEquals(1, facts.size());
        var fact = facts.getFirst();
        assertEquals(what, fact.what());
        assertEquals(number, fact.number());
        assertEquals(more == null ? "" : more, fact.more());
        if (line.contains(A)) {
            assertEquals(Optional.of(new NodeId(A)), fact.about());
        }
        assertEquals(Instant.parse("2026-11-22T12:04:16.932Z"), fact.at(), "the host's local time");
    }

    @Test
    void whatOnlyLooksLikeALineDoesNotCount() {
        var granted = "Failover auth granted to " + A + " for epoch 13";
        var head = "7154:M 22 Nov 2026 20:04:16.932 # ";
        assertEquals(
                List.of(),
                read(
                        head + "Error: 7154:M 22 Nov 2026 20:04:16.932 # " + granted,
                        head + granted + " said somebody",
                        granted,
                        "M 22 Nov 2026 20:04:16.932 # " + granted,
                        head + granted.substring(0, 50),
                        "7154:M 99 Nov 2026 20:04:16.932 # " + granted,
                        "9:M 22 Nov 2026 20:04:16.932 # " + granted,
                        "7154:C 22 Nov 2026 20:04:16.932 # " + granted));
    }

    @Test
    void aRestartedProcessIsBelieved() {
        var facts = read(
                "7154:M 22 Nov 2026 20:04:16.932 # Cluster state changed: fail",
                "7154:signal-handler (1795349057) Received SIGTERM scheduling shutdown...",
                "9100:C 22 Nov 2026 20:05:16.932 # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo",
                "9100:M 22 Nov 2026 20:05:16.940 * Node configuration loaded, I'm " + A,
                "9100:M 22 Nov 2026 20:05:17.940 # Cluster state changed: ok");
        assertEquals(
                List.of(What.STATE_FAIL, What.SIGNAL, What.STARTED, What.STATE_OK),
                facts.stream().map(Fact::what).toList());
        assertEquals("SIGTERM", facts.get(1).more());
    }

    @Test
    void aProcessWhoseBeginningWasCutOffIsBelievedAfterAWhile() {
        var line = "9100:M 22 Nov 2026 20:05:17.940 # Cluster state changed: ok";
        assertEquals(
                1,
                read("7154:M 22 Nov 2026 20:04:16.932 * DB saved on disk", line, line, line, line)
                        .size());
    }

    @Test
    void valkeysOtherTimes() {
        var facts = read(
                "7154:M 2026-11-22T20:04:16.932+08:00 * Cluster state changed: ok",
                "7154:M 1795349056932 * Cluster state changed: fail");
        assertEquals(
                List.of(Instant.parse("2026-11-22T12:04:16.932Z"), Instant.ofEpochMilli(1795349056932L)),
                facts.stream().map(Fact::at).toList());
        assertTrue(facts.getFirst().evidence() instanceof Evidence.LogLine l && l.offset() == 0 && l.inode() == 7);
        assertEquals(B.length(), 40);
    }

    /** At loglevel verbose a node says ten times a second that the bus to a dead one failed. */
    @Test
    void aLinkThatFailsAgainAndAgainIsOneFact() {
        var reader = new LogReader(new NodeId("a".repeat(40)), ZoneId.of("UTC"));
        var told = java.util.stream.IntStream.range(0, 50)
                .mapToObj(i ->
                        "7:M 22 Nov 2026 12:00:0%d.%d00 - Connection with Node %s at 10.0.0.1:19000 failed: refused"
                                .formatted(i / 10, i % 10, "b".repeat(40)))
                .flatMap(
                        text -> reader.read(new LogLine(new HostName("h1"), new RemotePath("/r"), 1, 0, text)).stream())
                .count();
        assertEquals(1, told);
    }

    /** Clocks are set back an hour: both hours read the same, and time goes forward. */
    @Test
    void theHourThatIsThereTwice() {
        var reader = new LogReader(SELF, ZoneId.of("Europe/Berlin"));
        var told = new ArrayList<Instant>();
        for (var time : List.of("02:10", "02:50", "02:05", "02:40", "03:10")) {
            var text = "1:M 25 Oct 2026 " + time + ":00.000 # Cluster state changed: fail";
            reader.read(new LogLine(new HostName("h1"), new RemotePath("/r/redis.log"), 7, told.size(), text))
                    .ifPresent(f -> told.add(f.at()));
        }
        assertEquals(
                List.of("00:10", "00:50", "01:05", "01:40", "02:10").stream()
                        .map(at -> Instant.parse("2026-10-25T" + at + ":00Z"))
                        .toList(),
                told);
    }
}
