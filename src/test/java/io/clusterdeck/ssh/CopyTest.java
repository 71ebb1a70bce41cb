package io.clusterdeck.ssh;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files to a real OpenSSH server and back. */
@Tag("local")
@Timeout(300)
class CopyTest {

    @TempDir
    Path folder;

    private Sshd sshd(String... options) throws Exception {
        var sshd = new Sshd(folder.resolve("sshd"), options);
        sshd.allow("id_ed25519", "ed25519", "");
        return sshd;
    }

    private static SshHost host(Sshd sshd) {
        return sshd.host(new Sshd.Person(true));
    }

    @Test
    void filesGoThereAndBackWhole() throws Exception {
        try (var sshd = sshd("Banner /etc/hostname");
                var host = host(sshd)) {
            var bytes = new byte[3_000_000];
            new java.util.Random(623).nextBytes(bytes);
            var from = Files.write(folder.resolve("from"), bytes);
            Files.setPosixFilePermissions(from, PosixFilePermissions.fromString("rwxr-x---"));
            var there = Files.createDirectory(folder.resolve("it's $(a) folder\n集群"));
            var to = there.resolve("-rf '\"file");
            var seen = new ArrayList<Long>();
            host.put(from, new RemotePath(to.toString()), (done, total) -> seen.add(done));
            assertEquals(-1, Files.mismatch(from, to));
            assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(to)));
            assertEquals(List.of(0L, 3_000_000L), List.of(seen.getFirst(), seen.getLast()));
            assertEquals(seen.stream().sorted().toList(), seen);
            assertEquals(
                    List.of(to.getFileName()),
                    Files.list(there).map(Path::getFileName).toList(),
                    "no temporary file");

            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
            var empty = Files.write(folder.resolve("empty"), new byte[0]);
            host.put(empty, new RemotePath(to.toString()), Progress.NONE);
            assertEquals(0, Files.size(to));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(to)));

            Files.write(to, bytes);
            var back = folder.resolve("back");
            host.get(new RemotePath(to.toString()), back, Progress.NONE);
            assertEquals(-1, Files.mismatch(to, back));
        }
    }

    @ParameterizedTest
    @MethodSource("io.clusterdeck.ssh.Shells#all")
    void underEveryShell(LocalHost host) throws Exception {
        var from = Files.write(folder.resolve("from"), new byte[70_000]);
        var there = new RemotePath(folder.resolve("it's there").toString());
        host.put(from, there, Progress.NONE);
        host.get(there, folder.resolve("back"), Progress.NONE);
        assertEquals(-1, Files.mismatch(from, folder.resolve("back")));
        assertEquals("ssh.copy-no-folder", failure(() -> host.put(from, there.child("x"), Progress.NONE)));
        assertEquals(
                "ssh.copy-no-file", failure(() -> host.get(there.child("x"), folder.resolve("back"), Progress.NONE)));
    }

    /** A host whose head loses a byte on the way: what is there stays, and nothing is left beside it. */
    @ParameterizedTest
    @MethodSource("io.clusterdeck.ssh.Shells#all")
    void bytesThatChangedOnTheWayTakeNoPlace(LocalHost host) throws Exception {
        var head = Files.createDirectory(folder.resolve("programs")).resolve("head");
        Files.writeString(head, "#!/bin/sh\n/usr/bin/head \"$@\" | /usr/bin/tr x y\n");
        Files.setPosixFilePermissions(head, PosixFilePermissions.fromString("rwxr-xr-x"));
        var from = Files.writeString(folder.resolve("from"), "text");
        var there = Files.createDirectory(folder.resolve("there"));
        var to = Files.writeString(there.resolve("to"), "before");
        assertEquals(
                "ssh.copy-differs",
                failure(() ->
                        Shells.with(host, head.getParent()).put(from, new RemotePath(to.toString()), Progress.NONE)));
        assertEquals("before", Files.readString(to));
        Awaitility.await().atMost(60, SECONDS).until(() -> Files.list(there).toList(), List.of(to)::equals);
    }

    @Test
    void copiesThatCannotBeSayWhy() throws Exception {
        try (var sshd = sshd();
                var host = host(sshd)) {
            var from = Files.writeString(folder.resolve("from"), "x");
            assertEquals(
                    "ssh.copy-no-folder",
                    failure(() -> host.put(from, new RemotePath(folder + "/no/file"), Progress.NONE)));
            assertEquals(
                    "ssh.copy-is-folder",
                    failure(() -> host.put(from, new RemotePath(folder.toString()), Progress.NONE)));
            assertEquals(
                    "ssh.copy-cant-write", failure(() -> host.put(from, new RemotePath("/proc/file"), Progress.NONE)));
            assertEquals(
                    "ssh.copy-no-file",
                    failure(() -> host.get(new RemotePath(folder + "/no"), folder.resolve("to"), Progress.NONE)));
            assertEquals(
                    "ssh.copy-cant-read-here",
                    failure(() -> host.put(folder.resolve("no"), new RemotePath(folder + "/to"), Progress.NONE)));
            assertEquals(
                    "ssh.copy-cant-write-here",
                    failure(() -> host.get(new RemotePath(from.toString()), folder.resolve("no/to"), Progress.NONE)));
        }
    }

    private static String failure(org.junit.jupiter.api.function.Executable work) {
        return assertThrows(io.clusterdeck.say.Failure.class, work).what().key();
    }

    @Test
    void aCancelledCopyLeavesNothing() throws Exception {
        try (var sshd = sshd();
                var host = host(sshd)) {
            var from = folder.resolve("big");
            try (var file = new java.io.RandomAccessFile(from.toFile(), "rw")) {
                file.setLength(2_000_000_000L);
            }
            var there = Files.createDirectory(folder.resolve("there"));
            var begun = new java.util.concurrent.CountDownLatch(1);
            var copy = Thread.ofVirtual().start(() -> {
                try {
                    host.put(from, new RemotePath(there.resolve("big").toString()), (done, total) -> {
                        if (done > 1_000_000) {
                            begun.countDown();
                        }
                    });
                } catch (Exception expected) {
                    assertTrue(expected instanceof InterruptedException, expected.toString());
                }
            });
            assertTrue(begun.await(60, SECONDS));
            copy.interrupt();
            copy.join(Duration.ofSeconds(60));
            assertFalse(copy.isAlive());
            Awaitility.await().atMost(60, SECONDS).until(() -> Files.list(there).toList(), List::isEmpty);
        }
    }
}
