package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Shells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs read back with their rotated and compressed files, under dash, bash and busybox. */
@Tag("local")
class FailoverLogScriptTest {
    private static final String FAIL = "1:M 22 Nov 2026 12:00:01.000 # Cluster state changed: fail";
    private static final String OTHER = "1:M 22 Nov 2026 12:00:02.000 * DB saved on disk";

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void readsRotatedAndCompressedFilesTheOldestFirst(LocalHost host, @TempDir Path folder) throws Exception {
        var log = folder.resolve("a b.log");
        try (var zip = new GZIPOutputStream(Files.newOutputStream(aged(folder.resolve("a b.log.2.gz"), 0)))) {
            zip.write((FAIL + " oldest\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        aged(folder.resolve("a b.log.2.gz"), 3);
        Files.writeString(folder.resolve("a b.log.1"), OTHER + "\n" + FAIL + "\n");
        aged(folder.resolve("a b.log.1"), 2);
        Files.writeString(log, OTHER + "\n" + FAIL + "\n" + FAIL.substring(0, 20));
        var told = new ArrayList<String>();
        var exit = host.run(Script.of("failover-log", "past").with("file", log).with("bytes", 70), line -> {
            if (line instanceof Line.Text t && !t.error()) {
                told.add(t.text());
            }
        });
        assertTrue(exit.ok(), exit::toString);
        assertTrue(exit.fact("offset").orElse("").matches("[+-][0-9]{4}"), exit::toString);
        var files = told.stream()
                .filter(t -> t.startsWith("F "))
                .map(t -> t.split(" ", 3)[2])
                .toList();
        assertEquals(List.of(log + ".2.gz", log + ".1", log.toString()), files);
        var lines = told.stream().filter(t -> t.startsWith("L ")).toList();
        long at = OTHER.length() + 1;
        assertEquals(
                List.of("L 0:" + FAIL + " oldest", "L " + at + ":" + FAIL),
                lines.subList(0, 2),
                "by the offset in the whole file, although only its end was read");
    }

    /** Lines that real servers of each release wrote: whatever tells anything of a failover is read back, too. */
    @ParameterizedTest
    @MethodSource("shells")
    void dropsNoLineThatIsUnderstood(LocalHost host) throws Exception {
        var files =
                Files.list(Path.of("src/test/resources/failover-logs")).sorted().toList();
        for (var log : files) {
            var told = new HashSet<String>();
            var script = Script.of("failover-log", "past")
                    .with("file", log.toAbsolutePath())
                    .with("bytes", 4_000_000);
            var exit = host.run(script, line -> {
                if (line instanceof Line.Text t && t.text().startsWith("L ")) {
                    told.add(t.text().substring(t.text().indexOf(':') + 1));
                }
            });
            assertTrue(exit.ok(), exit::toString);
            var dropped = Files.readAllLines(log).stream()
                    .filter(l -> LogEntry.parse(l, ZoneOffset.UTC)
                            .flatMap(e -> Wording.of(e.message()))
                            .isPresent())
                    .filter(l -> !told.contains(l))
                    .toList();
            assertEquals(List.of(), dropped, log::toString);
        }
    }

    /** A server that was started with TZ set, and its host's clock: when the file was written tells both apart. */
    @ParameterizedTest
    @MethodSource("shells")
    void aServerMayWriteInAnotherZoneThanItsHost(LocalHost host, @TempDir Path folder) throws Exception {
        var here = ZoneId.of("UTC");
        var log = folder.resolve("redis.log");
        for (var zone : List.of("+05:45", "-03:00", "Z")) {
            var stamp = DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss.SSS", Locale.ENGLISH)
                    .format(Instant.now().atZone(ZoneId.of(zone)));
            Files.writeString(log, "1:M " + stamp + " # Cluster state changed: fail\nno line of its own\n");
            var exit =
                    host.run(Script.of("failover-log", "past").with("file", log).with("bytes", 4_000), line -> {});
            assertEquals(
                    zone.equals("Z") ? Optional.empty() : Optional.of(ZoneOffset.of(zone)),
                    LogZone.other(exit, here),
                    exit::toString);
        }
        aged(log, 2);
        var exit = host.run(Script.of("failover-log", "past").with("file", log).with("bytes", 4_000), line -> {});
        assertEquals(Optional.of(ZoneOffset.ofHours(2)), LogZone.other(exit, here));
        Files.setLastModifiedTime(log, FileTime.from(Instant.now().minusSeconds(4000)));
        exit = host.run(Script.of("failover-log", "past").with("file", log).with("bytes", 4_000), line -> {});
        assertEquals(Optional.empty(), LogZone.other(exit, here), "no zone is so far off");
    }

    private static Path aged(Path file, int hours) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600L * hours)));
    }
}
