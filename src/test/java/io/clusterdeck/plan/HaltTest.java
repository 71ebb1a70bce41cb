package io.clusterdeck.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.say.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run may die before and after every record of its journal, also while it is resumed: what it leaves in the end is the same. */
class HaltTest {

    private static final Map<String, String> END =
            Map.of("a1", "a1", "a2", "a2", "b1", "b1", "c1", "c1", "setting", "high");

    @TempDir
    Path folder;

    private interface Start {
        Run run() throws Failure, InterruptedException;
    }

    /** Whether it came to its end. */
    private static boolean ended(Start start) throws Exception {
        try {
            return start.run().await().ended().isPresent();
        } catch (JournalTap.Halted atTheFirstRecord) {
            return false;
        }
    }

    /** Goes on where it was left: a plan that was not written down is started again, one that was done is left alone. */
    private static RunState goOn(Deeds deeds, Plan plan, JournalTap tap) throws Failure, InterruptedException {
        var runs = new JournaledRuns(deeds, Deeds.kinds(), tap);
        var all = runs.all();
        if (all.isEmpty()) {
            return runs.start(plan).await();
        }
        return all.getFirst().resumable() ? runs.resume(plan.id()).await() : all.getFirst();
    }

    @Test
    void atEveryRecord() throws Exception {
        int points = 0;
        for (boolean ended = false; !ended; points++) {
            var deeds = new Deeds(Files.createDirectory(folder.resolve("halt" + points)));
            var plan = deeds.usual("p1");
            var tap = HaltAt.instant(points);
            ended = ended(() -> new JournaledRuns(deeds, Deeds.kinds(), tap).start(plan));
            if (!ended) {
                var shown = new JournaledRuns(deeds, Deeds.kinds()).all();
                assertTrue(shown.stream().allMatch(s -> s.ended().isPresent()));
                assertEquals(
                        Outcome.DONE,
                        goOn(deeds, plan, JournalTap.NONE).ended().orElseThrow().outcome());
            }
            assertEquals(END, deeds.found(), "halted at " + points);
            assertDoneIsNotRepeated(deeds);
        }
        assertEquals(2 * (2 + 6 * 2) + 1, points, "began, six steps begun and done, ended: before and after each");
    }

    /** What the journal called done before it was cut was applied once. */
    private static void assertDoneIsNotRepeated(Deeds deeds) throws Exception {
        var lines = Files.readAllLines(deeds.folder.resolve("runs/p1.jsonl"));
        for (var step : List.of("a1", "a2", "b1", "c1")) {
            long begun = lines.stream()
                    .filter(l -> l.contains("\"begun\",\"step\":\"" + step + "\""))
                    .count();
            long done = lines.stream()
                    .filter(l -> l.contains("\"done\",\"step\":\"" + step + "\""))
                    .count();
            assertTrue(done <= 1 && begun <= 2, step);
            assertTrue(deeds.applied().stream().filter(step::equals).count() <= begun, step);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 9, 14, 17, 20, 25})
    void andAgainAtEveryRecordOfTheResume(int first) throws Exception {
        int points = 0;
        for (boolean ended = false; !ended; points++) {
            var deeds = new Deeds(Files.createDirectory(folder.resolve("halt" + points)));
            var plan = deeds.usual("p1");
            assertEquals(
                    false, ended(() -> new JournaledRuns(deeds, Deeds.kinds(), HaltAt.instant(first)).start(plan)));
            var tap = HaltAt.instant(points);
            ended = ended(() -> new JournaledRuns(deeds, Deeds.kinds(), tap).resume(plan.id()));
            if (!ended) {
                assertEquals(
                        Outcome.DONE,
                        goOn(deeds, plan, JournalTap.NONE).ended().orElseThrow().outcome());
            }
            assertEquals(END, deeds.found(), "halted at " + first + ", then at " + points);
        }
        assertTrue(points > 4);
    }

    /** The same with a process that is really gone. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 13, 18, 26})
    void withAKilledProcess(int point) throws Exception {
        var deeds = new Deeds(folder);
        var java = ProcessHandle.current().info().command().orElseThrow();
        var dying = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Dying.class.getName(),
                        folder.toString(),
                        Integer.toString(point))
                .inheritIO()
                .start();
        assertTrue(dying.waitFor(60, TimeUnit.SECONDS));
        assertEquals(9, dying.exitValue());
        var runs = new JournaledRuns(deeds, Deeds.kinds());
        var left = runs.all().getFirst();
        assertEquals(Outcome.CANCELLED, left.ended().orElseThrow().outcome());
        assertEquals(
                Outcome.DONE,
                runs.resume(left.plan().id()).await().ended().orElseThrow().outcome());
        assertEquals(END, deeds.found());
    }

    /** Runs the usual plan and halts its whole process at a record. */
    static final class Dying {
        public static void main(String[] args) throws Exception {
            var deeds = new Deeds(Path.of(args[0]));
            var tap = HaltAt.instant(Integer.parseInt(args[1]));
            var halting = new JournalTap() {
                @Override
                public void before(String record) {
                    halt(() -> tap.before(record));
                }

                @Override
                public void after(String record) {
                    halt(() -> tap.after(record));
                }

                private void halt(Runnable there) {
                    try {
                        there.run();
                    } catch (Halted here) {
                        Runtime.getRuntime().halt(9);
                    }
                }
            };
            new JournaledRuns(deeds, Deeds.kinds(), halting)
                    .start(deeds.usual("p1"))
                    .await();
        }
    }

    @Test
    void aSecondProcessIsRefusedByNameUntilTheFirstIsGone() throws Exception {
        var deeds = new Deeds(folder);
        var java = ProcessHandle.current().info().command().orElseThrow();
        var other = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Waiting.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        try {
            org.awaitility.Awaitility.await().until(() -> Files.exists(folder.resolve("waiting-w")));
            var runs = new JournaledRuns(deeds, Deeds.kinds());
            var refused = assertThrows(io.clusterdeck.say.NotAllowed.class, () -> runs.start(deeds.usual("p2")));
            assertEquals("plan.leased", refused.what().key());
            assertTrue(refused.what().args().get("who").toString().endsWith("pid " + other.pid()));
            assertTrue(runs.all().getFirst().ended().isEmpty(), "it runs, over there");
        } finally {
            other.destroyForcibly().waitFor();
        }
        var runs = new JournaledRuns(deeds, Deeds.kinds());
        assertEquals(
                Outcome.CANCELLED, runs.all().getFirst().ended().orElseThrow().outcome());
        assertEquals(
                Outcome.DONE,
                runs.start(deeds.usual("p2")).await().ended().orElseThrow().outcome());
    }

    /** Holds the cluster until it is killed. */
    static final class Waiting {
        public static void main(String[] args) throws Exception {
            var deeds = new Deeds(Path.of(args[0]));
            var plan = deeds.plan("p1", Deeds.stage("one", Deeds.step("wait", "w", "h1", deeds.folder)));
            new JournaledRuns(deeds, Deeds.kinds()).start(plan).await();
        }
    }
}
