package io.clusterdeck.plan;

import static io.clusterdeck.plan.Deeds.stage;
import static io.clusterdeck.plan.Deeds.step;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Shells;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** lease.sh under each shell, held and lost for real. */
class LeaseTest {

    private static final PlanId PLAN = new PlanId("20261122-090312-build");

    @TempDir
    Path folder;

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    private List<Lease.Place> places(Host host, String name) {
        return List.of(new Lease.Place(host, new RemotePath(folder.resolve(name).toString())));
    }

    private static Lease take(List<Lease.Place> places, PlanId plan) throws Exception {
        return Lease.take(places, plan, why -> {});
    }

    private static Process holding(Path file) throws Exception {
        return new ProcessBuilder("flock", "-n", file.toString(), "-c", "echo held; exec sleep 60").start();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void oneHoldsItAndTheOtherIsRefusedByName(LocalHost host) throws Exception {
        var places = places(host, "it's a $(folder)");
        var at = folder.resolve("it's a $(folder)");
        try (var lease = take(places, PLAN)) {
            var refused = assertThrows(NotAllowed.class, () -> take(places, new PlanId("other")));
            assertEquals("plan.leased", refused.what().key());
            assertEquals("plan.leased.next", refused.next().key());
            assertEquals(Holder.SELF.who(), refused.what().args().get("who"));
            assertEquals(PLAN.value(), refused.what().args().get("plan"));
            assertEquals(Optional.empty(), lease.lost(), "a refused one takes nothing away");
            assertThrows(NotAllowed.class, () -> take(places, new PlanId("other")));
        }
        await().until(() -> !Files.exists(at)); // nothing is left, the folder was made for it
        take(places(host, "it's a $(folder)/deep/down"), new PlanId("other")).close();
        await().until(() -> !Files.exists(at));
    }

    /** A node's account is known, and is the one that signs in: root is not asked for, let alone a password for it. */
    @ParameterizedTest
    @MethodSource("shells")
    void rootIsAskedForOnlyWhereTheFolderIsClosed(LocalHost plain) throws Exception {
        var programs = Files.createDirectory(folder.resolve("programs"));
        var asked = folder.resolve("asked");
        program(programs.resolve("id"), "echo 1000");
        program(programs.resolve("sudo"), "touch '" + asked + "'; exit 1");
        var host = Shells.with(plain, programs);
        take(places(host, "mine"), PLAN).close();
        assertFalse(Files.exists(asked));
        var closed = List.of(new Lease.Place(host, new RemotePath("/proc/nobody/makes/this")));
        assertThrows(Failure.class, () -> take(closed, PLAN));
        assertTrue(Files.exists(asked));
    }

    private static void program(Path file, String line) throws Exception {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aFolderThatWasThereStays(LocalHost host) throws Exception {
        var at = Files.createDirectory(folder.resolve("there"));
        take(places(host, "there"), PLAN).close();
        await().until(() -> !Files.exists(at.resolve(".clusterdeck-lease")));
        assertTrue(Files.isDirectory(at));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void foldersThatWereEmptiedMeanwhileGoWithIt(LocalHost host) throws Exception {
        var node = Files.createDirectories(folder.resolve("stays/cluster/9000"));
        var conf = Files.writeString(node.resolve("redis.conf"), "");
        var bin = Files.createDirectory(folder.resolve("stays/cluster/bin"));
        var marker = Files.writeString(folder.resolve("stays/cluster/.clusterdeck"), "cluster=carts\nbuild=1\n");
        var other = Files.writeString(folder.resolve("stays/other"), "");
        try (var lease = take(places(host, "stays/cluster/9000"), PLAN)) {
            assertEquals(Optional.empty(), lease.lost());
            Files.delete(conf);
            Files.delete(bin);
            Files.delete(marker);
            Files.delete(other);
        }
        await().until(() -> !Files.exists(folder.resolve("stays/cluster")));
        assertTrue(Files.exists(other.getParent()), "nobody said that this is a cluster's");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aFileThatACrashLeftBehindIsNoObstacle(LocalHost host) throws Exception {
        var at = Files.createDirectory(folder.resolve("there"));
        Files.writeString(at.resolve(".clusterdeck-lease"), "ops@old, pid 1\n2026-11-22T09:00:00Z\nold\n");
        take(places(host, "there"), PLAN).close();
    }

    @Test
    void anotherProgramThatLocksTheFileIsNamedAsItWroteItself() throws Exception {
        var host = Shells.all().findFirst().orElseThrow();
        var at = Files.createDirectory(folder.resolve("there"));
        var file = at.resolve(".clusterdeck-lease");
        Files.writeString(file, "eve@deck2, pid 7\n2026-11-22T09:00:00Z\n20261122-090000-kill\n");
        var other = holding(file);
        try {
            assertEquals('h', other.getInputStream().read());
            var refused = assertThrows(NotAllowed.class, () -> take(places(host, "there"), PLAN));
            assertEquals("eve@deck2, pid 7", refused.what().args().get("who"));
            assertEquals("2026-11-22T09:00:00Z", refused.what().args().get("since"));
        } finally {
            other.descendants().forEach(ProcessHandle::destroyForcibly);
            other.destroyForcibly().waitFor();
        }
    }

    /** A cable was cut, and Clusterdeck is gone since: its host holds the lease until it notices, and whoever goes on is not sent away. */
    @Test
    void oneThatIsGoneIsWaitedFor() throws Exception {
        var host = Shells.all().findFirst().orElseThrow();
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        var self = Holder.SELF;
        assertWaitsFor(host, new Holder(self.user(), self.computer(), dead.pid(), self.since()).who());
        assertWaitsFor(host, self.who()); // of a run that has ended
    }

    private void assertWaitsFor(Host host, String who) throws Exception {
        var at = Files.createDirectories(folder.resolve("there"));
        var file = at.resolve(".clusterdeck-lease");
        Files.writeString(file, who + "\n2026-11-22T09:00:00Z\n20261122-090000-kill\n");
        var other = holding(file);
        try {
            assertEquals('h', other.getInputStream().read());
            var told = new ArrayList<Say>();
            Lease.take(places(host, "there"), PLAN, why -> {
                        told.add(why);
                        other.descendants().forEach(ProcessHandle::destroyForcibly);
                    })
                    .close();
            assertEquals(
                    List.of("plan.lease.falls"), told.stream().map(Say::key).toList());
            assertEquals(who, told.getFirst().args().get("who"));
        } finally {
            other.descendants().forEach(ProcessHandle::destroyForcibly);
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        var host = Shells.all().findFirst().orElseThrow();
        Files.writeString(folder.resolve("file"), "");
        var refused = assertThrows(Failure.class, () -> take(places(host, "file/below"), PLAN));
        assertEquals("plan.lease.denied", refused.what().key());
    }

    @Test
    void itsLossIsSeen() throws Exception {
        var host = Shells.all().findFirst().orElseThrow();
        Files.createDirectory(folder.resolve("cluster"));
        var file = folder.resolve("cluster/.clusterdeck-lease");
        try (var lease = take(places(host, "cluster"), PLAN)) {
            holder(file).destroyForcibly();
            await().until(() -> lease.lost().isPresent());
            assertEquals("plan.lease.lost", lease.lost().orElseThrow().what().key());
        }
    }

    /** The only process that has it open, once a child that was just begun has let go of it. */
    private static ProcessHandle holder(Path file) {
        var pids = await().until(() -> openedBy(file), all -> all.size() == 1);
        return ProcessHandle.of(pids.getFirst()).orElseThrow();
    }

    private static List<Long> openedBy(Path file) throws Exception {
        var fuser = new ProcessBuilder("fuser", file.toString()).start();
        var pids = new String(fuser.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
        return Stream.of(pids.split(" +"))
                .filter(p -> !p.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    /** A run tells it where it happens, to whoever listens by then and to whoever listens later. */
    @Test
    void aRunSaysWhatItCouldNotHoldAndWhatItLost() throws Exception {
        var host = Shells.all().findFirst().orElseThrow();
        Files.writeString(folder.resolve("file"), "");
        var deeds = new Deeds(folder) {
            @Override
            public List<Lease.Place> lease(Plan plan) {
                return List.of(
                        places(host, "cluster").getFirst(),
                        places(host, "file/below").getFirst());
            }
        };
        var run = new JournaledRuns(deeds, Deeds.kinds())
                .start(deeds.plan(
                        "p1",
                        stage("one", step("wait", "w", "h1", folder)),
                        stage("two", step("write", "b", "h1", folder))));
        var early = new CopyOnWriteArrayList<String>();
        run.each(e -> said(e).ifPresent(early::add));
        await().until(() -> Files.exists(folder.resolve("waiting-w")));
        holder(folder.resolve("cluster/.clusterdeck-lease")).destroyForcibly();
        await().until(() -> early.contains("w plan.lease.lost.meanwhile"));
        var late = new CopyOnWriteArrayList<String>();
        run.each(e -> said(e).ifPresent(late::add));
        assertEquals(List.of("w plan.lease.left-out", "w plan.lease.lost.meanwhile"), late);
        Files.writeString(folder.resolve("go"), "");
        assertEquals(Outcome.FAILED, run.await().ended().orElseThrow().outcome());
        assertFalse(Files.exists(folder.resolve("b")));
    }

    private static Optional<String> said(RunEvent event) {
        return event instanceof RunEvent.StepLine l && l.line() instanceof Line.Said s
                ? Optional.of(l.step().value() + " " + s.say().key())
                : Optional.empty();
    }

    @Test
    void aRunHoldsItToItsEnd() throws Exception {
        var host = Shells.all().findFirst().orElseThrow();
        var deeds = new Deeds(folder) {
            @Override
            public List<Lease.Place> lease(Plan plan) {
                return places(host, "cluster");
            }
        };
        var run = new JournaledRuns(deeds, Deeds.kinds())
                .start(deeds.plan("p1", stage("one", step("wait", "w", "h1", folder))));
        var lines = Files.readAllLines(folder.resolve("cluster/.clusterdeck-lease"));
        assertEquals(List.of(Holder.SELF.who(), "p1"), List.of(lines.getFirst(), lines.get(2)));
        Files.writeString(folder.resolve("go"), "");
        assertEquals(Outcome.DONE, run.await().ended().orElseThrow().outcome());
        await().until(() -> !Files.exists(folder.resolve("cluster")));
    }

    @Test
    void withoutItNoFurtherStepBegins() throws Exception {
        var deeds = new Deeds(folder);
        var plan = deeds.plan("p1", stage("one", step("write", "a", "h1", folder), step("write", "b", "h1", folder)));
        var why = new Unreachable(Say.of("plan.lease.lost", "host", "h1"), Say.of("plan.lease.lost.next"));
        var events = new ArrayList<RunEvent>();
        Supplier<Optional<Failure>> lost =
                () -> Files.exists(folder.resolve("a")) ? Optional.of(why) : Optional.empty();
        var runner = new Runner(plan.id(), deeds.ground(plan), Set.of(), List.of(), lost, events::add);
        assertEquals(Outcome.FAILED, runner.run(plan));
        assertFalse(Files.exists(folder.resolve("b")));
        assertEquals(why.what(), ((RunEvent.StepFailed) events.getLast()).why());
    }
}
