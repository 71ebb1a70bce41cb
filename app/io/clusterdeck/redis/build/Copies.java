package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.ScriptFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Progress;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Copies files to where a step's script can take them over: below the root, or, where only root may write there, to the home of who signs in. */
final class Copies {

    private Copies() {}

    /** Where it lies now. */
    static String put(HostStep step, Ground ground, Path file, Consumer<Line> live)
            throws Failure, InterruptedException {
        var host = ground.host(step.on());
        var name = file.getFileName().toString();
        // not as root: who signs in makes the place and copies to it
        var stage = Script.of("source", "stage")
                .with("root", step.arg("root"))
                .with("private", step.arg("sudo").equals("yes") ? "yes" : "")
                .with("name", name + ".copy")
                .with("sha256", "")
                .with("release", "");
        var exit = host.run(stage, line -> {});
        if (!exit.ok()) {
            throw step.failed(stage, exit);
        }
        var place = exit.fact("stage").orElseThrow(() -> ScriptFailed.untold("source", step.on()));
        var target = place + "/" + name + ".copy";
        host.put(file, new RemotePath(target), told(name, live));
        return target;
    }

    /** Tells of bytes that are copied, once per percent; of a size that nobody knows only that they come. */
    static Progress told(String name, Consumer<Line> live) {
        var last = new AtomicInteger(-2);
        return (done, total) -> {
            int percent = total > 0 ? (int) (done * 100 / total) : done == total ? 100 : -1;
            if (last.getAndSet(percent) != percent) {
                live.accept(new Line.Progress(percent, name));
            }
        };
    }
}
