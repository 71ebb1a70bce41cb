package io.clusterdeck.ssh;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs are followed without losing or doubling a line. */
@Tag("local")
@Timeout(300)
class FollowTest {

    @TempDir
    Path folder;

    private final CopyOnWriteArrayList<LogLine> lines = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<String> emptied = new CopyOnWriteArrayList<>();

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processes that still hold a file of this test open, as the script has them do (descriptor 7). */
    private List<Path> holders() {
        return ProcessHandle.allProcesses()
                .map(p -> Path.of("/proc", Long.toString(p.pid()), "fd/7"))
                .filter(fd -> {
                    try {
                        return Files.readSymbolicLink(fd).startsWith(folder);
                    } catch (IOException none) {
                        return false;
                    }
                })
                .toList();
    }

    private List<String> texts(Path file) {
        return lines.stream()
                .filter(l -> l.file().value().equals(file.toString()))
                .map(LogLine::text)
                .toList();
    }

    private void await(Path file, String... expected) {
        Awaitility.await().atMost(60, SECONDS).until(() -> texts(file).size() >= expected.length);
        assertEquals(List.of(expected), texts(file));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void throughRenameAndTruncation(LocalHost host) throws Exception {
        var a = folder.resolve("it's a $(log)");
        var b = folder.resolve("b.log");
        append(a, "before\n");
        try (var following =
                host.follow(List.of(new RemotePath(a.toString()), new RemotePath(b.toString())), new LogListener() {
                    @Override
                    public void line(LogLine line) {
                        lines.add(line);
                    }

                    @Override
                    public void emptied(HostName on, RemotePath file) {
                        emptied.add(file.value());
                    }
                })) {
            append(a, "one\ntw");
            await(a, "one");
            append(a, "o 集群\n");
            await(a, "one", "two 集群");
            // a file that was not there is read from its beginning
            append(b, "first of b\n");
            await(b, "first of b");

            // rename: the last lines of the old file, one without its newline among them, then the new file
            append(a, "three\nhalf");
            Files.move(a, folder.resolve("a.1"));
            append(folder.resolve("a.1"), " line");
            append(a, "four\n");
            await(a, "one", "two 集群", "three", "half line", "four");

            // copytruncate, which is told before anything follows
            assertEquals(List.of(), emptied);
            try (var truncated = FileChannel.open(a, StandardOpenOption.WRITE)) {
                truncated.truncate(0);
            }
            Awaitility.await().atMost(60, SECONDS).until(() -> emptied.equals(List.of(a.toString())));
            append(a, "x\n");
            await(a, "one", "two 集群", "three", "half line", "four", "x");
            // and at once again, by what is longer than what was there
            Files.writeString(a, "first of many\nlonger\n");
            await(a, "one", "two 集群", "three", "half line", "four", "x", "first of many", "longer");

            // gone and back
            Files.delete(a);
            append(a, "back\n");
            await(a, "one", "two 集群", "three", "half line", "four", "x", "first of many", "longer", "back");
            assertEquals(List.of("first of b"), texts(b));
        }
        for (var line : lines) {
            var bytes = (line.text() + "\n").getBytes(StandardCharsets.UTF_8);
            if (line.text().equals("two 集群")) {
                var file = Files.readAllBytes(folder.resolve("a.1"));
                assertEquals(
                        new String(bytes, StandardCharsets.UTF_8),
                        new String(file, (int) line.offset(), bytes.length, StandardCharsets.UTF_8));
                assertEquals(Files.getAttribute(folder.resolve("a.1"), "unix:ino"), line.inode());
            }
        }
        assertEquals(
                List.of(0L, 0L, 0L),
                lines.stream()
                        .filter(l -> List.of("four", "x", "first of many").contains(l.text()))
                        .map(LogLine::offset)
                        .toList());
    }

    @Test
    void everyLineOfAFastLogOnceThroughManyRotations() throws Exception {
        var log = folder.resolve("fast.log");
        append(log, "");
        var host = new LocalHost(new HostName("local"));
        int count = 4000;
        try (var following = host.follow(List.of(new RemotePath(log.toString())), lines::add)) {
            for (int i = 0; i < count; i++) {
                append(log, "line " + i + "\n");
                if (i % 1000 == 0) {
                    // two renames within one look would hide the file between from anybody: the new one has been seen
                    int seen = i;
                    Awaitility.await().atMost(60, SECONDS).until(() -> lines.size() > seen);
                } else if (i % 1000 == 999) {
                    Files.move(log, folder.resolve("fast.log." + i));
                }
            }
            Awaitility.await().atMost(60, SECONDS).until(() -> lines.size() >= count);
        }
        assertEquals(IntStream.range(0, count).mapToObj(i -> "line " + i).toList(), texts(log));
    }

    @Test
    void goesOnWhereItStoppedWhenTheConnectionIsBack() throws Exception {
        try (var sshd = new Sshd(folder.resolve("sshd"))) {
            sshd.allow("id_ed25519", "ed25519", "");
            var a = folder.resolve("a.log");
            var b = folder.resolve("b.log");
            var c = folder.resolve("c.log");
            append(a, "old\n");
            append(b, "old\n");
            var d = folder.resolve("d.log");
            append(d, "old\n");
            try (var host = sshd.host(new Sshd.Person(true))) {
                var paths = Stream.of(a, b, c, d)
                        .map(p -> new RemotePath(p.toString()))
                        .toList();
                try (var following = host.follow(paths, lines::add)) {
                    append(a, "a1\nbeg");
                    append(b, "b1\n");
                    await(a, "a1");
                    await(b, "b1");
                    sshd.stop();
                    Awaitility.await().atMost(60, SECONDS).until(() -> !following.alive());
                    append(a, "un\na2\n");
                    append(b, "b2\n");
                    Files.move(b, folder.resolve("b.log.1"));
                    append(folder.resolve("b.log.1"), "b3\n");
                    append(b, "b4\n");
                    append(c, "c1\n");
                    Files.writeString(d, "emptied while nobody looked, and longer than before\n");
                    sshd.restart();
                    await(a, "a1", "begun", "a2");
                    await(b, "b1", "b2", "b3", "b4");
                    await(c, "c1");
                    await(d, "emptied while nobody looked, and longer than before");
                }
            }
            Awaitility.await().atMost(60, SECONDS).until(this::holders, List::isEmpty);
        }
    }

    @Test
    void whoseHostIsLetGoOfIsToldThatNoMoreWillCome() throws Exception {
        try (var sshd = new Sshd(folder.resolve("sshd"))) {
            sshd.allow("id_ed25519", "ed25519", "");
            var log = folder.resolve("a.log");
            append(log, "");
            var host = sshd.host(new Sshd.Person(true));
            var following = host.follow(List.of(new RemotePath(log.toString())), lines::add);
            host.close();
            assertEquals("ssh.let-go", following.end().orElseThrow().what().key());
            assertTrue(following.over());
            Awaitility.await().atMost(60, SECONDS).until(this::holders, List::isEmpty);
        }
    }

    @Test
    void aListenerThatFailsMissesItsLineAndNoOther() throws Exception {
        var log = folder.resolve("a.log");
        append(log, "");
        var host = new LocalHost(new HostName("local"));
        try (var following = host.follow(List.of(new RemotePath(log.toString())), line -> {
            if (line.text().equals("bad")) {
                throw new IllegalStateException("a mistake of ours");
            }
            lines.add(line);
        })) {
            append(log, "one\nbad\ntwo\n");
            await(log, "one", "two");
        }
    }

    @Test
    void closingEndsIt() throws Exception {
        var log = folder.resolve("a.log");
        append(log, "");
        var following =
                new LocalHost(new HostName("local")).follow(List.of(new RemotePath(log.toString())), lines::add);
        Awaitility.await().atMost(60, SECONDS).until(() -> !holders().isEmpty());
        following.close();
        assertFalse(following.alive());
        assertEquals(Optional.empty(), following.end());
        Awaitility.await().atMost(60, SECONDS).until(this::holders, List::isEmpty);
    }
}
