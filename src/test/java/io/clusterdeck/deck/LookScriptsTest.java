package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Shells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** tail.sh and disk.sh, which only look, under dash, bash and busybox: twice, and nothing is changed. An adopted node may lie anywhere. */
@Tag("scripts")
class LookScriptsTest {

    @TempDir
    Path folder;

    private Path hostile;

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    @BeforeEach
    void begin() throws Exception {
        hostile = Files.createDirectory(folder.resolve("-a b'$(touch x)\"`id`\\\n大 % *"));
    }

    private static Exit last(LocalHost host, Path file, int lines, List<String> to) throws Exception {
        return host.run(Script.of("tail", "last").with("file", file).with("lines", lines), line -> {
            if (line instanceof Line.Text t) {
                to.add(t.text());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theLastLinesOfALogAndWhereItEnded(LocalHost host) throws Exception {
        var log = hostile.resolve("-n 'x' $(id).log");
        var words = List.of("one", "$(touch y) `id` \"two\"  'x'", "-n %s \\n 大 🙂", "==> /etc/shadow <==", "last");
        Files.writeString(log, String.join("\n", words) + "\nbegun");
        for (int times = 0; times < 2; times++) {
            var told = new ArrayList<String>();
            var exit = last(host, log, 3, told);
            assertTrue(exit.ok(), exit::toString);
            assertEquals(List.of("==> /etc/shadow <==", "last", "begun"), told);
            assertEquals(Optional.of(Long.toString(Files.size(log))), exit.fact("end"));
            told.clear();
            last(host, log, 100, told);
            assertEquals(Stream.concat(words.stream(), Stream.of("begun")).toList(), told);
        }
        untouched(1);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void ofALongLogOnlyWholeLines(LocalHost host) throws Exception {
        var log = hostile.resolve("long.log");
        Files.write(log, IntStream.range(0, 50_000).mapToObj(i -> "line " + i).toList());
        var told = new ArrayList<String>();
        var exit = last(host, log, 100_000, told);
        assertEquals(Optional.of(Long.toString(Files.size(log))), exit.fact("end"));
        assertEquals("line 49999", told.getLast());
        assertTrue(told.size() > 10_000 && told.size() < 50_000, "a window of it: " + told.size());
        assertEquals("line " + (50_000 - told.size()), told.getFirst(), "none was cut in two");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aLogThatIsNotThereIsNamed(LocalHost host) throws Exception {
        var log = hostile.resolve("none");
        var exit = last(host, log, 3, new ArrayList<>());
        assertEquals(Optional.of(Say.of("deck.log-missing", "file", log)), exit.why());
        var empty = Files.createFile(hostile.resolve("empty"));
        assertEquals(Optional.of("0"), last(host, empty, 3, new ArrayList<>()).fact("end"));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void howFullItsFileSystemIs(LocalHost host) throws Exception {
        var store = Files.getFileStore(hostile);
        for (int times = 0; times < 2; times++) {
            var exit = host.run(Script.of("disk", "look").with("dir", hostile), line -> {});
            assertEquals(Optional.of(Long.toString(store.getTotalSpace())), exit.fact("total"), exit::toString);
            long free = Long.parseLong(exit.fact("free").orElseThrow());
            assertTrue(free > 0 && free <= store.getTotalSpace(), exit::toString);
        }
        var gone = hostile.resolve("gone");
        var none = host.run(Script.of("disk", "look").with("dir", gone), line -> {});
        assertEquals(Optional.of(Say.of("deck.no-folder", "folder", gone)), none.why());
        untouched(0);
    }

    /** No value was a command. */
    private void untouched(int files) throws Exception {
        try (var all = Files.list(hostile)) {
            assertEquals(files, all.count());
        }
        try (var all = Files.list(folder)) {
            assertEquals(1, all.count());
        }
    }
}
