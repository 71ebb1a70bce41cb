package io.clusterdeck.plan;

import static io.clusterdeck.plan.Deeds.stage;
import static io.clusterdeck.plan.Deeds.step;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState.Phase;
import io.clusterdeck.say.Bug;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {

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

    private static Phase phase(RunState state, String step) {
        return state.of(new StepId(step)).phase();
    }

    private String journal(String id) throws IOException {
        return Files.readString(folder.resolve("runs/" + id + ".jsonl"));
    }

    @Test
    void appliesWhatIsNeededAndNothingTheSecondTime() throws Exception {
        var first = runs.start(deeds.usual("p1")).await();
        assertEquals(Outcome.DONE, outcome(first));
        assertEquals(6, deeds.applied().size());
        var before = deeds.found();

        var second = runs.start(deeds.usual("p2")).await();
        assertEquals(Outcome.DONE, outcome(second));
        assertEquals(6, deeds.applied().size());
        assertEquals(before, deeds.found());
        assertFalse(journal("p2").contains("\"is\":\"begun\""));
        assertTrue(second.steps().values().stream().allMatch(s -> s.phase() == Phase.WAS_THERE));
    }

    @Test
    void aFailureLetsOtherHostsFinishTheirStepAndStopsThere() throws Exception {
        var run = runs.start(deeds.plan(
                "p1",
                stage(
                        "one",
                        step("wait", "w", "h1", folder),
                        step("write", "after", "h1", folder),
                        step("fail", "f", "h2", folder)),
                stage("two", step("write", "later", "h1", folder))));
        await().until(() -> phase(run.state(), "f") == Phase.FAILED && phase(run.state(), "w") == Phase.APPLIES);
        Files.writeString(folder.resolve("go"), "");
        var end = run.await();
        assertEquals(Outcome.FAILED, outcome(end));
        assertEquals(Phase.DONE, phase(end, "w"));
        assertEquals(Phase.WAITS, phase(end, "after"));
        assertEquals(Phase.WAITS, phase(end, "later"));
        assertEquals("test.failed", end.of(new StepId("f")).busy().orElseThrow().key());
        assertEquals(List.of("last line"), end.of(new StepId("f")).lastLines());
    }

    @Test
    void hostsWorkSideBySideAndOneHostInOrder() throws Exception {
        var run = runs.start(deeds.plan(
                "p1",
                stage(
                        "one",
                        step("wait", "w1", "h1", folder),
                        step("wait", "w2", "h2", folder),
                        step("wait", "w3", "h2", folder))));
        await().until(() -> phase(run.state(), "w1") == Phase.APPLIES && phase(run.state(), "w2") == Phase.APPLIES);
        assertEquals(Phase.WAITS, phase(run.state(), "w3"));
        Files.writeString(folder.resolve("go"), "");
        assertEquals(Outcome.DONE, outcome(run.await()));
    }

    @Test
    void cancelEndsWhatRunsAndTakesBackWhatMustNotLast() throws Exception {
        var plan = deeds.plan(
                "p1",
                stage("one", step("lower", "low", "h1", folder)),
                stage("two", step("wait", "w", "h1", folder)),
                stage("three", step("write", "b", "h1", folder)));
        var run = runs.start(plan);
        await().until(() -> phase(run.state(), "w") == Phase.APPLIES);
        assertEquals("low", deeds.found().get("setting"));
        run.cancel();
        var end = run.await();
        assertEquals(Outcome.CANCELLED, outcome(end));
        assertEquals("high", deeds.found().get("setting"));
        assertEquals(Phase.UNDONE, phase(end, "low"));
        assertEquals(
                "plan.cancelled-within",
                end.of(new StepId("w")).busy().orElseThrow().key(),
                "what it had sent may take effect");

        Files.writeString(folder.resolve("go"), "");
        assertEquals(Outcome.DONE, outcome(runs.resume(plan.id()).await()));
        assertEquals(List.of("low", "w", "undo low", "low", "w", "b"), deeds.applied());
    }

    @Test
    void stopsAfterTheStepAndGoesOn() throws Exception {
        var plan = deeds.plan("p1", stage("one", step("wait", "w", "h1", folder), step("write", "b", "h1", folder)));
        var run = runs.start(plan);
        await().until(() -> phase(run.state(), "w") == Phase.APPLIES);
        run.stopAfterStep();
        Files.writeString(folder.resolve("go"), "");
        assertEquals(Outcome.PAUSED, outcome(run.await()));
        assertEquals(Phase.DONE, phase(run.state(), "w"));
        assertEquals(Outcome.DONE, outcome(runs.resume(plan.id()).await()));
        assertEquals(List.of("w", "b"), deeds.applied());
    }

    @Test
    void oneWriterPerCluster() throws Exception {
        var run = runs.start(deeds.plan("p1", stage("one", step("wait", "w", "h1", folder))));
        var refused =
                assertThrows(NotAllowed.class, () -> new JournaledRuns(deeds, Deeds.kinds()).start(deeds.usual("p2")));
        assertEquals("plan.leased", refused.what().key());
        assertEquals("p1", refused.what().args().get("plan"));
        Files.writeString(folder.resolve("go"), "");
        run.await();
        assertEquals(Outcome.DONE, outcome(runs.start(deeds.usual("p3")).await()));
    }

    @Test
    void whatHadToBeAgreedToIsKeptWithTheRun() throws Exception {
        var type = new Consent.Type(Say.of("test.plan"), "carts");
        var plan = deeds.plan("p1", stage("one", step("fail", "f", "h1", folder)));
        runs.start(new Offer.Ready(plan, type)).await();
        assertEquals(
                type, new JournaledRuns(deeds, Deeds.kinds()).all().getFirst().consent());

        var ask = new Consent.Ask(Say.of("test.plan"));
        runs.start(new Offer.Ready(deeds.usual("p2"), ask)).await();
        assertEquals(
                ask, new JournaledRuns(deeds, Deeds.kinds()).all().getFirst().consent());
    }

    @Test
    void anOldApprovalIsNotActedOnUnseen() throws Exception {
        var plan = deeds.plan("p1", stage("one", step("fail", "f", "h1", folder)));
        assertEquals(Outcome.FAILED, outcome(runs.start(plan).await()));
        var file = folder.resolve("runs/p1.jsonl");
        var lines = new ArrayList<>(Files.readAllLines(file));
        var hourAgo = Instant.now().minus(Duration.ofHours(1)).toString();
        lines.set(0, lines.getFirst().replaceFirst("\"at\":\"[^\"]+\"", "\"at\":\"" + hourAgo + "\""));
        Files.write(file, lines);

        var later = new JournaledRuns(deeds, Deeds.kinds());
        var paused = later.resume(plan.id()).await();
        assertEquals(Outcome.PAUSED, outcome(paused));
        assertEquals(
                List.of("plan.aged"),
                paused.differences().stream().map(Say::key).toList());
        assertEquals(List.of("f"), deeds.applied());
        later.accept(plan.id()).await();
        assertEquals(List.of("f", "f"), deeds.applied(), "accepted, it goes on");
    }

    @Test
    void aPlanThatCannotBeComputedAgainIsNotRunAsItWas() throws Exception {
        var plan = deeds.plan("p1", stage("one", step("fail", "f", "h1", folder)));
        assertEquals(Outcome.FAILED, outcome(runs.start(plan).await()));
        var broken = new Deeds(folder) {
            @Override
            public Optional<Plan> again(Plan approved) {
                throw new IllegalStateException("a mistake of ours");
            }
        };
        var ended = new JournaledRuns(broken, Deeds.kinds()).resume(plan.id()).await();
        assertEquals(Outcome.FAILED, outcome(ended));
        assertEquals(Phase.FAILED, phase(ended, "f"));
        assertEquals(List.of("f"), deeds.applied(), "nothing was done again");
    }

    @Test
    void aPlanThatIsAnotherOneByNowPausesUntilItIsAccepted() throws Exception {
        Files.writeString(folder.resolve("go"), "");
        var approved = deeds.plan(
                "p1", stage("one", step("write", "a", "h1", folder)), stage("two", step("fail", "f", "h1", folder)));
        assertEquals(Outcome.FAILED, outcome(runs.start(approved).await()));

        // what was done may look different in the new plan; only what is still to be done counts
        var spec = new StepSpec("write", Map.of("folder", folder.toString(), "extra", "1"));
        var changedButDone = step(new StepId("a"), new HostName("h1"), spec);
        deeds.again = Optional.of(
                deeds.plan("p9", stage("one", changedButDone), stage("two", step("write", "b", "h1", folder))));
        var paused = runs.resume(approved.id()).await();
        assertEquals(Outcome.PAUSED, outcome(paused));
        assertEquals(
                List.of("plan.diff.gone", "plan.diff.new"),
                paused.differences().stream().map(d -> d.key()).toList());
        assertFalse(deeds.found().containsKey("b"));

        var done = new JournaledRuns(deeds, Deeds.kinds()).accept(approved.id()).await();
        assertEquals(Outcome.DONE, outcome(done));
        assertEquals("p1", done.plan().id().value());
        assertEquals(List.of("a", "f", "b"), deeds.applied());
    }

    @Test
    void noSecretIsToldOrWritten() throws Exception {
        var run = runs.start(deeds.plan("p1", stage("one", step("leak", "l", "h1", folder))));
        var end = run.await();
        assertEquals(Outcome.FAILED, outcome(end));
        assertEquals(List.of("tail •••"), end.of(new StepId("l")).lastLines());
        assertFalse(journal("p1").contains(deeds.secret.reveal()));
        assertFalse(end.toString().contains(deeds.secret.reveal()));
    }

    @Test
    void aPlanThatHoldsASecretIsNotEvenWritten() {
        deeds = new Deeds(folder) {
            @Override
            public List<Secret> secrets(ClusterRef on) {
                return List.of(secret);
            }
        };
        var spec = new StepSpec(
                "write", Map.of("folder", folder.toString(), "conf", "requirepass " + deeds.secret.reveal()));
        var plan = deeds.plan("p1", stage("one", step(new StepId("a"), new HostName("h1"), spec)));
        assertThrows(Bug.class, () -> new JournaledRuns(deeds, Deeds.kinds()).start(plan));
        assertFalse(Files.exists(folder.resolve("runs/p1.jsonl")));
    }

    @Test
    void theSamePlanIsNotStartedTwice() throws Exception {
        runs.start(deeds.usual("p1")).await();
        assertEquals(
                "plan.ran-before",
                assertThrows(NotAllowed.class, () -> runs.start(deeds.usual("p1")))
                        .what()
                        .key());
        assertEquals(
                "plan.was-done",
                assertThrows(NotAllowed.class, () -> runs.resume(new PlanId("p1")))
                        .what()
                        .key());
        assertEquals(
                "plan.unknown",
                assertThrows(NotAllowed.class, () -> runs.resume(new PlanId("p7")))
                        .what()
                        .key());
    }

    @Test
    void eachEventIsToldInOrder() throws Exception {
        var told = new java.util.concurrent.CopyOnWriteArrayList<RunState>();
        try (var ignored = runs.each(told::add)) {
            runs.start(deeds.usual("p1")).await();
        }
        assertEquals(Optional.empty(), told.getFirst().ended());
        assertEquals(Outcome.DONE, outcome(told.getLast()));
        assertTrue(told.stream().anyMatch(s -> s.of(new StepId("a1")).phase() == Phase.APPLIES));
    }
}
