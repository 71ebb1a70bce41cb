package io.clusterdeck.redis.drill;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.ScriptFailed;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.redis.nodes.Later;
import io.clusterdeck.redis.nodes.StartStep;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Quote;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;

/**
 * Promises that a node which is about to be killed runs again: a timer on its host starts it after a while, whatever became of this
 * process, and undoing starts it at once. The promise is taken back when the drill itself has started it.
 */
record PromiseStep(StepId id, HostName on, StepSpec spec, StartStep start) implements Step {
    static final String KIND = "drill.promise";

    static PromiseStep of(StartStep start, String mark, Duration after) {
        return of(start, mark, after, false);
    }

    private static PromiseStep of(StartStep start, String mark, Duration after, boolean revokes) {
        var args = new LinkedHashMap<>(start.spec().args());
        args.put("mark", mark);
        args.put("after", Long.toString(after.toSeconds()));
        args.put("revokes", Boolean.toString(revokes));
        var word = start.id().value().replaceFirst("^start/", revokes ? "revoke/" : "promise/");
        return new PromiseStep(new StepId(word), start.on(), new StepSpec(KIND, args), start);
    }

    /** The step that takes the promise back once it was kept. */
    PromiseStep revoking() {
        return of(start, spec.arg("mark"), after(), true);
    }

    private Duration after() {
        return Duration.ofSeconds(Long.parseLong(spec.arg("after")));
    }

    private boolean revokes() {
        return Boolean.parseBoolean(spec.arg("revokes"));
    }

    @Override
    public Say title() {
        return Say.of(
                revokes() ? "drill.step.revoke" : "drill.step.promise",
                "node",
                Addressed.address(spec.arg("address")),
                "t",
                after().toMillis());
    }

    @Override
    public List<String> commands() {
        if (revokes()) {
            return List.of();
        }
        var start = this.start.commands();
        var line = Later.line(spec.arg("after"), start.getFirst());
        boolean root = start.stream().anyMatch(c -> c.startsWith("sudo "));
        return List.of(root ? "sudo sh -c " + Quote.word(line) : line);
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var exit = run(ground, revokes() ? "unpromised" : "promised", line -> {});
        var found = exit.why().orElse(Say.of("drill.promise.not-there"));
        return exit.verdict().filter("done"::equals).isPresent() ? new Verdict.Done(found) : new Verdict.Needed(found);
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        run(ground, revokes() ? "revoke" : "promise", live);
    }

    @Override
    public void undo(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        if (start.check(ground) instanceof Verdict.Needed) {
            start.apply(ground, live);
        }
        run(ground, "revoke", live);
    }

    @Override
    public boolean undoable() {
        return !revokes();
    }

    private Exit run(Ground ground, String verb, Consumer<Line> live) throws Failure, InterruptedException {
        var exit = ground.host(on).run(start.promise(verb, spec.arg("mark"), after()), live);
        if (!exit.ok()) {
            throw ScriptFailed.of("node-start", on, exit);
        }
        return exit;
    }
}
