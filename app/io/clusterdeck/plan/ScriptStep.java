package io.clusterdeck.plan;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Script;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A step that is one remote script: its verb {@code check} gives the verdict, its verb {@code apply} makes the change.
 *
 * @param script resource, arguments, sudo and limit; its verb is not looked at
 * @param wants the cluster's secrets that the script may ask for, by name
 */
public record ScriptStep(
        StepId id, HostName on, StepSpec spec, Say title, Script script, List<String> wants, List<FileDiff> edits)
        implements Step {

    public ScriptStep {
        wants = List.copyOf(wants);
        edits = List.copyOf(edits);
    }

    @Override
    public List<String> commands() {
        var words = script.args().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue());
        var line = Stream.concat(Stream.of("sh", script.resource() + ".sh", "apply"), words)
                .toList();
        return List.of((script.sudo() ? "sudo " : "") + io.clusterdeck.ssh.Quote.words(line));
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var exit = run("check", ground, line -> {});
        var found = exit.why().orElseGet(() -> Say.of("plan.checked"));
        return switch (exit.verdict().orElse("")) {
            case "done" -> new Verdict.Done(found);
            case "needed" -> new Verdict.Needed(found);
            case "blocked" -> new Verdict.Blocked(found, next(exit));
            default -> throw exit.ok() ? ScriptFailed.untold(script.resource(), on) : failed(exit);
        };
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        var exit = run("apply", ground, live);
        if (!exit.ok()) {
            throw failed(exit);
        }
    }

    private Exit run(String verb, Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        var call = new Script(script.resource(), verb, script.args(), Map.of(), script.sudo(), script.limit());
        for (String name : wants) {
            var secret = ground.secret(name);
            if (secret.isPresent()) {
                call = call.secret(name, secret.get());
            }
        }
        return ground.host(on).run(call, live);
    }

    private Failure failed(Exit exit) {
        return ScriptFailed.of(script.resource(), on, exit);
    }

    private static Say next(Exit exit) {
        return exit.why()
                .map(why -> new Say(why.key() + ".next", why.args()))
                .orElseGet(() -> Say.of("plan.script-failed.next"));
    }
}
