package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.RunEvent;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.RunState.Phase;
import io.clusterdeck.redis.build.BuildPlan;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.ssh.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A building from a release tarball is cut off at a random instant of its upload, and its process killed at one of make: it ends well. */
@Tag("lab")
class BuildHaltLabTest {

    @TempDir
    Path folder;

    @Test
    void inTheUploadAndInMake() throws Exception {
        long seed = System.nanoTime();
        System.out.println("BuildHaltLabTest: seed " + seed);
        var random = new Random(seed);
        var lab = Lab.bare(1, "compiler");
        var tarball = Lab.tarball();
        var blueprint = Files.writeString(folder.resolve("halt.yaml"), """
            name: halt
            hosts: [{name: h1, ssh: %s, user: ops, auth: [keys, %s]}]
            redis: {version: %s, source: upload, file: %s, sha256: %s, malloc: libc}
            """.formatted(
                lab.address("h1"), lab.key("id_ed25519"), LabRedis.version(), tarball.file(), tarball.sha256()));
        try (var building = Building.over(folder).password(BuildingProcess.PASSWORD)) {
            var plan = building.plan(Building.read(Files.readString(blueprint)));
            int bytes = random.nextInt(100);
            assertEquals(Outcome.CANCELLED, outcome(cutOff(building, plan, bytes)), "at " + bytes + " %, seed " + seed);
            gone(lab, "find /home/ops -name '.clusterdeck-[0-9]*'");

            int sources = 1 + random.nextInt(25);
            killed(blueprint, "compile/h1 ", sources);
            gone(lab, "pgrep -l 'make|cc1|gcc' || true");

            var end = building.resume(plan.plan());
            assertEquals(Outcome.DONE, outcome(end), Building.why(end) + end.differences() + ", seed " + seed);
            var infos = building.infos(plan);
            assertEquals(6, infos.size());
            assertEquals(LabRedis.version(), infos.getFirst().get("redis_version"));
            var again = building.run(
                    building.plan(Building.read(Files.readString(blueprint))).plan());
            assertEquals(Outcome.DONE, outcome(again), Building.why(again));
            assertTrue(
                    again.steps().values().stream().allMatch(s -> s.phase() == Phase.WAS_THERE),
                    again.steps()::toString);
        }
    }

    private static Outcome outcome(RunState state) {
        return state.ended().orElseThrow().outcome();
    }

    /** At that percent of the bytes. */
    private static RunState cutOff(Building building, BuildPlan plan, int percent) throws Exception {
        var run = building.runs().start(plan.plan());
        run.each(event -> {
            if (event instanceof RunEvent.StepLine l
                    && l.step().value().equals("source/h1")
                    && l.line() instanceof Line.Progress p
                    && p.percent() >= percent) {
                run.cancel();
            }
        });
        return run.await();
    }

    /** A process goes on, and dies at that percent of a step. */
    private void killed(Path blueprint, String step, int percent) throws Exception {
        var process = BuildingProcess.of(folder, blueprint).start();
        try (var lines = process.inputReader()) {
            assertTrue(
                    lines.lines()
                            .anyMatch(
                                    l -> l.startsWith(step) && Integer.parseInt(l.substring(step.length())) >= percent),
                    step + percent + " was not told");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** What ended with us is gone once its host has noticed. */
    private static void gone(Lab lab, String search) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> lab.exec("h1", "sh", "-c", search), ""::equals);
    }
}
