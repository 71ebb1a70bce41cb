package io.clusterdeck.plan;

import static io.clusterdeck.plan.Deeds.stage;
import static io.clusterdeck.plan.Deeds.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal keeps, and what becomes of it when it is damaged. */
class JournalTest {

    @TempDir
    Path folder;

    private Deeds deeds;
    private JournaledRuns runs;

    @BeforeEach
    void begin() {
        deeds = new Deeds(folder);
        runs = new JournaledRuns(deeds, Deeds.kinds());
    }

    private static Outcome outcome(RunState state) {
        return state.ended().orElseThrow().outcome();
    }

    /** What waits for something may look for seconds before it finds that there is something to wait for. */
    @Test
    void howLongAStepTookCountsFromItsFirstLook() throws Exception {
        var plan = deeds.usual("p1");
        var step = plan.steps().getFirst().id();
        var began = Instant.parse("2026-11-27T10:00:00Z");
        var waited = RunState.begin(plan, new Consent.Plain(), began)
                .after(new RunEvent.StepBegan(began, step, false))
                .after(new RunEvent.StepBegan(began.plusSeconds(3), step, true, began))
                .after(new RunEvent.StepDone(began.plusMillis(6_200), step, true, Say.of("test.plan")));
        assertEquals(6_200, waited.of(step).took());
        var run = runs.start(plan).await();
        var kept = new JournaledRuns(deeds, Deeds.kinds()).all().getFirst();
        assertEquals(run.of(step).began(), kept.of(step).began());
    }

    @Test
    void aTornLastLineIsAsIfItWereNotWritten() throws Exception {
        var plan = deeds.usual("p1");
        runs.start(plan).await();
        var file = folder.resolve("runs/p1.jsonl");
        var whole = Files.readString(file);
        // without its end, and with half a line
        int ended = whole.lastIndexOf('\n', whole.length() - 2) + 1;
        for (int cut = ended; cut < whole.length() - 1; cut++) {
            Files.writeString(file, whole.substring(0, cut));
            assertEquals(
                    Outcome.CANCELLED,
                    outcome(new JournaledRuns(deeds, Deeds.kinds()).all().getFirst()));
        }
        assertEquals(
                Outcome.DONE,
                outcome(new JournaledRuns(deeds, Deeds.kinds())
                        .resume(plan.id())
                        .await()));
        assertEquals(
                Outcome.DONE,
                outcome(new JournaledRuns(deeds, Deeds.kinds()).all().getFirst()));
        assertEquals(7, deeds.applied().size());
        assertEquals("undo low", deeds.applied().getLast(), "taken back once more, since nobody wrote that it ended");
    }

    @Test
    void damageInTheMiddleIsNamedByItsLine() throws Exception {
        runs.start(deeds.usual("p1")).await();
        var file = folder.resolve("runs/p1.jsonl");
        var lines = Files.readAllLines(file);
        lines.set(2, lines.get(2).substring(9));
        Files.write(file, lines);
        var damaged = assertThrows(io.clusterdeck.say.UnexpectedOutput.class, () -> runs.resume(new PlanId("p1")));
        assertEquals(3, damaged.what().args().get("line"));
        assertEquals(List.of(), new JournaledRuns(deeds, Deeds.kinds()).all());
    }

    @Test
    void aStepOfAnUnknownKindCanBeSeenAndIsBlocked() throws Exception {
        var plan = deeds.plan(
                "p1", stage("one", step("write", "a", "h1", folder)), stage("two", step("fail", "f", "h1", folder)));
        runs.start(plan).await();
        var later = new JournaledRuns(deeds, Map.of("write", Deeds::step));
        assertEquals(
                List.of("echo f"), later.all().getFirst().plan().steps().get(1).commands());
        var end = later.resume(plan.id()).await();
        assertEquals(
                "plan.lost-step", end.of(new StepId("f")).busy().orElseThrow().key());
    }

    @Test
    void aJournalThatCannotBeWrittenStopsTheRunBeforeTheStep() throws Exception {
        var full = new JournaledRuns(deeds, Deeds.kinds(), new JournalTap() {
            @Override
            public void before(String record) {
                if (record.contains("\"begun\"") && record.contains("\"b1\"")) {
                    throw new Journal.Broken(new IOException("No space left on device"));
                }
            }
        });
        var end = full.start(deeds.usual("p1")).await();
        assertEquals(Outcome.FAILED, outcome(end));
        assertEquals(
                "plan.unwritten", end.of(new StepId("b1")).busy().orElseThrow().key());
        assertFalse(deeds.found().containsKey("b1"));
        assertEquals("high", deeds.found().get("setting"), "taken back although it could not be written down");
        assertEquals(Outcome.DONE, outcome(runs.resume(new PlanId("p1")).await()));
    }

    @Test
    void oldRunsAreReadWithTheirLastLines() throws Exception {
        var live = runs.start(deeds.usual("p1")).await();
        var read = new JournaledRuns(deeds, Deeds.kinds()).all().getFirst();
        assertEquals(List.of("writing a1"), read.of(new StepId("a1")).lastLines());
        assertEquals(live.steps().keySet(), read.steps().keySet());
        live.steps().forEach((id, s) -> assertEquals(s.phase(), read.of(id).phase()));
        assertEquals(PlanJson.hash(live.plan()), PlanJson.hash(read.plan()));
    }

    @Test
    void theJournalIsForThisUserOnly() throws Exception {
        runs.start(deeds.usual("p1")).await();
        var file = folder.resolve("runs/p1.jsonl");
        assertEquals(
                "rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
}
