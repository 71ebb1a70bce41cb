package io.clusterdeck.lab;

import io.clusterdeck.plan.RunEvent;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.ssh.Line;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that goes on with a building, to be killed. Arguments: its folder, the blueprint. Tells on its output each percent of each
 * step.
 */
final class BuildingProcess {
    static final String PASSWORD = "a password";

    private BuildingProcess() {}

    static ProcessBuilder of(Path folder, Path blueprint) {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BuildingProcess.class.getName(),
                        folder.toString(),
                        blueprint.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    public static void main(String[] args) throws Exception {
        try (var building = Building.over(Path.of(args[0])).password(PASSWORD)) {
            var plan = building.plan(Building.read(Files.readString(Path.of(args[1]))));
            var run = building.runs().resume(plan.plan().id());
            run.each(event -> {
                if (event instanceof RunEvent.StepLine l && l.line() instanceof Line.Progress p) {
                    System.out.println(l.step() + " " + p.percent());
                }
            });
            var ended = run.await().ended();
            Runtime.getRuntime()
                    .exit(ended.filter(e -> e.outcome() == Outcome.DONE).isPresent() ? 0 : 1);
        }
    }
}
