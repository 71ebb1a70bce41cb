package io.clusterdeck.plan;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Tree;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Shells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a script leaves that was killed in the middle is nobody's for ever: the next one takes it up, or sweeps it away. */
class SweepTest {

    private static final PlanId PLAN = new PlanId("20261122-090312-build");

    @TempDir
    Path folder;

    @TempDir
    Path programs;

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    /** Before each program that a lease needs for a new folder, and behind the last. */
    static Stream<Arguments> instants() {
        return shells().flatMap(host -> Stream.concat(
                Stream.of("mktemp", "mkdir", "chmod", "flock", "mv").map(p -> Arguments.of(host, p, "")),
                Stream.of(Arguments.of(host, "mv", "PATH=${PATH#*:}; mv \"$@\""))));
    }

    private void takeAndLetGo(Host host, String name) throws Exception {
        Lease.take(
                        List.of(new Lease.Place(
                                host, new RemotePath(folder.resolve(name).toString()))),
                        PLAN,
                        why -> {})
                .close();
    }

    private List<String> there() {
        return Tree.names(folder);
    }

    private static void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
    }

    @ParameterizedTest
    @MethodSource("instants")
    void whateverWasBegunWhenItWasKilledIsGoneAfterTheNext(LocalHost plain, String program, String first)
            throws Exception {
        var deadly = Files.writeString(programs.resolve(program), "#!/bin/sh\n" + first + "\nkill -KILL 0\n");
        assertTrue(deadly.toFile().setExecutable(true));
        assertThrows(Failure.class, () -> takeAndLetGo(Shells.with(plain, programs), "cluster/9000"));
        try (var begun = Files.list(folder)) {
            for (var one : begun.toList()) {
                age(one);
            }
        }
        takeAndLetGo(plain, "cluster/9000");
        await().until(() -> there().isEmpty());
    }

    /** Another one made the folder first, and we are ended before we see it. */
    @ParameterizedTest
    @MethodSource("shells")
    void whoIsEndedWhileAnotherTakesTheFolderLeavesHisLease(LocalHost plain) throws Exception {
        var lease = folder.resolve("cluster/9000/.clusterdeck-lease");
        var mv = Files.writeString(
                programs.resolve("mv"),
                "#!/bin/sh\nmkdir -p '%s'; echo his >'%s'; kill -TERM $PPID; exit 1\n"
                        .formatted(lease.getParent(), lease));
        assertTrue(mv.toFile().setExecutable(true));
        assertThrows(Failure.class, () -> takeAndLetGo(Shells.with(plain, programs), "cluster/9000"));
        await().until(() -> there().equals(List.of("cluster", "cluster/9000", "cluster/9000/.clusterdeck-lease")));
        assertEquals("his\n", Files.readString(lease));
    }

    /** A folder that its lease outlived would be refused as somebody's. */
    @ParameterizedTest
    @MethodSource("shells")
    void aFolderThatWasMadeForAnEarlierLeaseIsKnownAsThat(LocalHost host) throws Exception {
        Files.createDirectories(folder.resolve("stays/cluster/9000"));
        var lease = folder.resolve("stays/cluster/9000/.clusterdeck-lease");
        Files.writeString(
                lease, "ops@old, pid 1\n2026-11-22T09:00:00Z\nold\n" + folder.resolve("stays/cluster") + "\n");
        takeAndLetGo(host, "stays/cluster/9000");
        await().until(() -> there().equals(List.of("stays")));
        Files.createDirectories(lease.getParent());
        Files.writeString(lease, "ops@old, pid 1\n2026-11-22T09:00:00Z\nold\n/somewhere/else\n");
        takeAndLetGo(host, "stays/cluster/9000");
        await().until(() -> there().equals(List.of("stays", "stays/cluster", "stays/cluster/9000")));
    }

    /** Its channel breaks at both ends: the shell must not die of what it has to say about its children, before it has tidied up. */
    @Test
    void aLeaseOfOneWhoWasKilledGoesWithItsFolder() throws Exception {
        var java = ProcessHandle.current().info().command().orElseThrow();
        for (int times = 0; times < 3; times++) {
            var holder = new ProcessBuilder(
                            java,
                            "-cp",
                            System.getProperty("java.class.path"),
                            Holding.class.getName(),
                            folder.resolve("cluster/9000").toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertEquals('h', holder.getInputStream().read());
            assertTrue(Files.exists(folder.resolve("cluster/9000/.clusterdeck-lease")));
            holder.destroyForcibly().waitFor();
            await().until(() -> there().isEmpty());
        }
    }

    /** Holds a lease until it is killed. */
    static final class Holding {
        public static void main(String[] args) throws Exception {
            var host = LocalHost.under(new HostName("here"), "/bin/sh", System.getenv("PATH"));
            try (var lease = Lease.take(List.of(new Lease.Place(host, new RemotePath(args[0]))), PLAN, why -> {})) {
                System.out.println("held " + lease.lost());
                Thread.sleep(Duration.ofHours(1));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void onlyWhatNobodyIsAtAnyMoreIsSwept(LocalHost host) throws Exception {
        var ended = new ProcessBuilder("true").start();
        ended.waitFor();
        var nobody = ".clusterdeck-" + ended.pid() + ".";
        begun(nobody + "aaaaaa", "new", "copy");
        begun(nobody + "bbbbbb/9000", ".clusterdeck-lease");
        age(folder.resolve(nobody + "bbbbbb"));
        var stay = new ArrayList<String>();
        stay.add(begun(".clusterdeck-" + ProcessHandle.current().pid() + ".cccccc", "new"));
        stay.add(begun(nobody + "dddddd", "somebody's"));
        stay.add(begun("redis.backup", "new"));
        var elsewhere = Files.createDirectory(programs.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("new"), "");
        Files.createSymbolicLink(folder.resolve(nobody + "eeeeee"), elsewhere);
        stay.add(nobody + "eeeeee");
        var young = folder.resolve(begun(nobody + "ffffff", "new"));
        Files.setLastModifiedTime(young, FileTime.from(Instant.now()));
        stay.add(young.getFileName().toString());

        takeAndLetGo(host, "");
        var wanted = stay.stream().sorted().toList();
        // the lease itself goes with its holder, who ends when we let go of it
        await().untilAsserted(() -> {
            try (var left = Files.list(folder)) {
                assertEquals(
                        wanted,
                        left.map(f -> f.getFileName().toString()).sorted().toList());
            }
        });
        assertTrue(Files.exists(elsewhere.resolve("new")));
        assertTrue(Files.exists(folder.resolve(nobody + "dddddd/somebody's")));
    }

    /** As a script would have begun it an hour ago. */
    private String begun(String name, String... files) throws IOException {
        var at = Files.createDirectories(folder.resolve(name));
        for (var file : files) {
            Files.writeString(at.resolve(file), "");
        }
        age(at);
        return name;
    }
}
