package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.ScriptFailed;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Quote;
import io.clusterdeck.ssh.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the steps of building have in common: their data, and running scripts of ours on their host. */
abstract sealed class HostStep implements Step
        permits LookStep,
                WaysStep,
                SourceStep,
                InstallStep,
                CertifyStep,
                ConfigureStep,
                StartStep,
                CreateStep,
                ProveStep {

    private final StepId id;
    private final HostName on;
    private final StepSpec spec;

    HostStep(StepId id, HostName on, StepSpec spec) {
        this.id = id;
        this.on = on;
        this.spec = spec;
    }

    @Override
    public final StepId id() {
        return id;
    }

    @Override
    public final HostName on() {
        return on;
    }

    @Override
    public final StepSpec spec() {
        return spec;
    }

    @Override
    public Say title() {
        return Say.of("build.step." + spec.kind().substring("build.".length()), "host", on);
    }

    final String arg(String name) {
        return spec.arg(name);
    }

    /** A script with those of this step's arguments that it knows; as root where the step says so. */
    final Script script(String resource, String verb, String... names) {
        var script = Script.of(resource, verb).within(Duration.ofMinutes(10));
        for (String name : names) {
            script = script.with(name, arg(name));
        }
        return arg("sudo").equals("yes") ? script.asRoot() : script;
    }

    final Exit run(Ground ground, Script script, Consumer<Line> live) throws Failure, InterruptedException {
        var exit = ground.host(on).run(script, live);
        if (!exit.ok()) {
            throw failed(script, exit);
        }
        return exit;
    }

    final Exit ask(Ground ground, Script script) throws Failure, InterruptedException {
        return run(ground, script, line -> {});
    }

    final Failure failed(Script script, Exit exit) {
        return ScriptFailed.of(script.resource(), on, exit);
    }

    static Say next(Say what) {
        return new Say(what.key() + ".next", what.args());
    }

    /** As a person could type it. */
    static String command(Script script) {
        var words = new ArrayList<>(List.of("sh", script.resource() + ".sh", script.verb()));
        script.args().forEach((name, value) -> words.add(name + "=" + value));
        return (script.sudo() ? "sudo " : "") + Quote.words(words);
    }
}
