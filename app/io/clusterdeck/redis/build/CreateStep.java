package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits until the servers, which found themselves a cluster in their nodes.conf, are one, with its masters where they were planned. From 7.0 on masters put off the first copy to
 * their replicas by repl-diskless-sync-delay (5 s); it is lowered meanwhile and put back, also after a crash.
 */
final class CreateStep extends HostStep {

    private static final String DELAY = "repl-diskless-sync-delay";

    CreateStep(StepId id, HostName on, StepSpec spec) {
        super(id, on, spec);
    }

    @Override
    public List<String> commands() {
        return List.of(arg("equivalent"));
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        try (var talk = Talk.of(spec(), ground)) {
            var missing = Convergence.missing(talk);
            if (missing.isPresent()) {
                return new Verdict.Needed(missing.get());
            }
            var displaced = Displaced.of(talk);
            return displaced.none() || proven(ground)
                    ? new Verdict.Done(Say.of(
                            "build.create.done", "n", talk.members().all().size()))
                    : new Verdict.Needed(displaced.told());
        }
    }

    /** Whether it was a working cluster before: where its masters are is its operator's business since. */
    private boolean proven(Ground ground) throws Failure, InterruptedException {
        return spec().args().getOrDefault("build", "").isEmpty()
                || ask(ground, ProveStep.marker(this, "proven")).fact("proven").isPresent();
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        try (var talk = Talk.of(spec(), ground)) {
            talk.act(talk.members().masters(), CreateStep::hurry);
            try {
                await(talk, live);
                var displaced = Displaced.of(talk);
                if (!displaced.none() && !proven(ground)) {
                    live.accept(new Line.Said(displaced.told()));
                    displaced.handBack();
                    await(talk, live);
                }
            } finally {
                putBack(talk);
            }
        }
    }

    private void await(Talk talk, Consumer<Line> live) throws Failure, InterruptedException {
        // rejoining nodes wait 0.5 to 5 s before they serve; a large cluster's gossip takes longer
        var limit =
                Duration.ofSeconds(60).plusMillis(200L * talk.members().all().size());
        long end = System.nanoTime() + limit.toNanos();
        Optional<Say> told = Optional.empty();
        int pause = 20;
        for (var missing = Convergence.missing(talk); missing.isPresent(); missing = Convergence.missing(talk)) {
            if (System.nanoTime() > end) {
                var what = Say.of("build.create.not-joined", "limit", limit.toMillis(), "missing", missing.get());
                throw new CommandFailed(what, next(what), 1, List.of());
            }
            if (!missing.equals(told)) {
                told = missing;
                live.accept(new Line.Busy(missing.get()));
            }
            Thread.sleep(pause);
            pause = Math.min(200, pause + 10);
        }
    }

    private static boolean hurry(Member master, Link link) throws Failure, InterruptedException {
        return link.call("CONFIG", "GET", DELAY) instanceof Reply.Many many
                && !many.items().isEmpty()
                && !many.items().getLast().text().equals("0")
                && link.call("CONFIG", "GET", "repl-diskless-sync").text().endsWith("yes")
                && link.call("CONFIG", "SET", DELAY, "0").text().equals("OK");
    }

    @Override
    public boolean undoable() {
        return true;
    }

    @Override
    public void undo(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        try (var talk = Talk.of(spec(), ground)) {
            putBack(talk);
        }
    }

    /** A master that is gone has nothing to be put back: it reads its redis.conf when it starts. */
    private void putBack(Talk talk) throws Failure, InterruptedException {
        var wanted = arg("delay");
        var present = new ArrayList<Member>();
        var masters = talk.members().masters();
        var now = talk.look(
                masters, (m, link) -> link.call("CONFIG", "GET", DELAY).text());
        for (int i = 0; i < masters.size(); i++) {
            switch (now.get(i)) {
                case SideBySide.Came<String> came
                when came.value().endsWith("\n0") && !wanted.equals("0") -> present.add(masters.get(i));
                case SideBySide.Came<String> came -> {}
                case SideBySide.Failed<String>(Unreachable gone) -> {}
                case SideBySide.Failed<String>(OutcomeUnknown gone) -> {}
                case SideBySide.Failed<String> failed -> throw failed.why();
            }
        }
        talk.act(present, (m, link) -> Convergence.text(m, link.call("CONFIG", "SET", DELAY, wanted)));
    }
}
