package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.ScriptFailed;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Quote;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts the programs into bin/: from the tree that was compiled there, from another host of the same kind, from this computer, or as links
 * to what is installed.
 */
final class InstallStep extends HostStep {

    /** A redis.conf of our own, for sources that bring none. */
    static final String CONF = "/redis/redis.conf";

    private final Shelf shelf;

    InstallStep(StepId id, HostName on, StepSpec spec, Shelf shelf) {
        super(id, on, spec);
        this.shelf = shelf;
    }

    /** The host that compiled, for a pack from there; empty otherwise. */
    private String builder() {
        return arg("builder");
    }

    @Override
    public Say title() {
        return builder().isEmpty()
                ? Say.of("build.step.install", "host", on())
                : Say.of("build.step.distribute", "host", on(), "from", builder());
    }

    private Script install(String verb) {
        return script("install", verb, "root", "release", "how", "version")
                .with("conf", "")
                .with("from", arg("from"));
    }

    @Override
    public List<String> commands() {
        return builder().isEmpty()
                ? List.of(command(install("apply")))
                : List.of(
                        command(install("pack")),
                        "scp -3 " + Quote.words(List.of(pack(builder(), "builder_root"), pack(on().value(), "root"))),
                        command(install("apply")));
    }

    private String pack(String host, String root) {
        return host + ":" + arg(root) + "/src/pack.tar.gz";
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var exit = ask(ground, install("check"));
        var found = exit.why().orElseThrow();
        return exit.verdict().orElse("").equals("done") ? new Verdict.Done(found) : new Verdict.Needed(found);
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        var script = install("apply");
        switch (arg("how")) {
            case "pack" ->
                script = script.with("from", Copies.put(this, ground, pack(ground, live), live))
                        .with("conf", arg("builder").isEmpty() ? conf(ground, live) : "");
            case "server" ->
                script = script.with("from", Copies.put(this, ground, shelf.resource(arg("from"), arg("sha256")), live))
                        .with("conf", conf(ground, live));
            case "folder" -> script = script.with("conf", conf(ground, live));
            default -> {}
        }
        run(ground, script, live);
    }

    private String conf(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        return Copies.put(this, ground, shelf.resource(CONF, Shelf.sumOfResource(CONF)), live);
    }

    /** The archive of ready programs on this computer; of a folder one is made. */
    private Path pack(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        if (builder().isEmpty()) {
            var file = new SourceFile(Path.of(arg("file")), arg("sha256")).checked();
            var programs = ProgramsFolder.of(file);
            return programs.isEmpty() ? file : shelf.alone("pack " + file, () -> shelf.packed(programs.get()));
        }
        Host from = ground.host(new HostName(builder()));
        return shelf.alone("pack " + builder(), () -> packed(from, live));
    }

    private Path packed(Host from, Consumer<Line> live) throws Failure, InterruptedException {
        var pack = install("pack").with("root", arg("builder_root"));
        var exit = from.run(pack, line -> {});
        if (!exit.ok()) {
            throw failed(pack, exit);
        }
        var path = exit.fact("pack");
        var sum = exit.fact("sha256");
        if (path.isEmpty() || sum.isEmpty()) {
            throw ScriptFailed.untold("install", from.name());
        }
        return shelf.from(
                from,
                new RemotePath(path.get()),
                sum.get(),
                Copies.told(from.name().value(), live));
    }
}
