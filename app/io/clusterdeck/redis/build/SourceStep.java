package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Quote;
import io.clusterdeck.ssh.Script;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Brings the tarball to a host: it fetches it itself, or it is copied from this computer. The checksum is compared before it is used. */
final class SourceStep extends HostStep {

    private final Shelf shelf;

    SourceStep(StepId id, HostName on, StepSpec spec, Shelf shelf) {
        super(id, on, spec);
        this.shelf = shelf;
    }

    private Script source(String verb) {
        return script("source", verb, "root", "release", "name", "sha256", "url")
                .with("from", "");
    }

    @Override
    public List<String> commands() {
        return arg("file").isEmpty()
                ? List.of(command(source("apply")))
                : List.of(
                        "scp " + Quote.path(arg("file")) + " "
                                + Quote.word(on() + ":" + arg("root") + "/src/" + arg("name")),
                        command(source("apply")));
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var exit = ask(ground, source("check"));
        var found = exit.why().orElseThrow();
        return exit.verdict().orElse("").equals("done") ? new Verdict.Done(found) : new Verdict.Needed(found);
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        if (!arg("file").isEmpty()) {
            copy(ground, new SourceFile(Path.of(arg("file")), arg("sha256")).checked(), live);
            return;
        }
        var exit = ground.host(on()).run(source("apply"), live);
        if (!exit.ok()
                && exit.why()
                        .filter(w -> w.key().equals("build.source.no-downloader"))
                        .isPresent()) {
            live.accept(new Line.Said(Say.of("build.source.fetched-here", "url", arg("url"))));
            copy(ground, shelf.fetched(arg("url"), arg("sha256"), Copies.told(arg("url"), live)), live);
        } else if (!exit.ok()) {
            throw failed(source("apply"), exit);
        }
    }

    private void copy(Ground ground, Path file, Consumer<Line> live) throws Failure, InterruptedException {
        var place = Copies.put(this, ground, file, live);
        run(ground, source("apply").with("from", place), live);
    }
}
