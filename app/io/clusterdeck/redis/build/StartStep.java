package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Script;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Starts the servers of a host. Done is when every one answers and is the node that it should be; until then its log says why not. */
final class StartStep extends HostStep {

    /** A server that neither ended nor answers for that long is no longer waited for; one that loads its data says so and is. */
    private static final long SILENT_NANOS = 30_000_000_000L;

    private static final long UNHEARD_NANOS = 10_000_000_000L;

    StartStep(StepId id, HostName on, StepSpec spec) {
        super(id, on, spec);
    }

    private Script start(String verb) {
        var ports = Members.of(arg("members")).on(on()).stream()
                .map(m -> String.valueOf(m.port()))
                .collect(Collectors.joining(" "));
        return script("start", verb, "root", "data", "owner", "units", "cluster")
                .with("ports", ports);
    }

    @Override
    public List<String> commands() {
        return List.of(command(start("apply")));
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        // asking the host first is quicker than knocking at ports where nobody is
        var down = ask(ground, start("why")).all("down");
        var here = Members.of(arg("members")).on(on());
        if (down.size() == here.size()) {
            return new Verdict.Needed(Say.of("build.start.down", "n", here.size()));
        }
        try (var talk = Talk.of(spec(), ground)) {
            var ids = ids(talk, here, down);
            int up = 0;
            for (int i = 0; i < here.size(); i++) {
                if (ids.get(i) instanceof SideBySide.Came<String> came) {
                    if (!came.value().equals(here.get(i).id().value())) {
                        var why =
                                Say.of("build.start.other", "node", here.get(i).address());
                        return new Verdict.Blocked(why, next(why));
                    }
                    up++;
                }
            }
            var open = up == here.size() ? open(talk, here) : Optional.<Say>empty();
            if (open.isPresent()) {
                return new Verdict.Blocked(open.get(), next(open.get()));
            }
            return up == here.size()
                    ? new Verdict.Done(Say.of("build.start.up", "n", up))
                    : new Verdict.Needed(Say.of("build.start.down", "n", here.size() - up));
        }
    }

    /** A server that its host sees running is not called down because a connection takes its time, as TLS does on busy computers. */
    private static List<SideBySide.Answer<String>> ids(Talk talk, List<Member> here, List<String> down)
            throws InterruptedException {
        long end = System.nanoTime() + UNHEARD_NANOS;
        while (true) {
            var ids = talk.look(here, (m, link) -> Convergence.text(m, link.call("CLUSTER", "MYID")));
            boolean late = IntStream.range(0, here.size())
                    .filter(i -> !down.contains(String.valueOf(here.get(i).port())))
                    .anyMatch(i -> ids.get(i) instanceof SideBySide.Failed<String> f
                            && (f.why() instanceof Unreachable || f.why() instanceof OutcomeUnknown));
            if (!late || System.nanoTime() > end) {
                return ids;
            }
            Thread.sleep(200);
        }
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        run(ground, start("apply"), live);
        try (var talk = Talk.of(spec(), ground)) {
            var here = talk.members().on(on());
            long began = System.nanoTime();
            int pause = 10;
            boolean wasDown = false;
            long next = 400_000_000L;
            while (true) {
                var waiting = waiting(talk, here);
                if (waiting.isEmpty()) {
                    return;
                }
                long took = System.nanoTime() - began;
                if (took > next) {
                    next = took + 1_000_000_000L;
                    var why = ask(ground, start("why"));
                    boolean down = !why.all("down").isEmpty();
                    boolean silent = took > SILENT_NANOS && !StartFailures.loading(waiting.getFirst());
                    // seen twice: a server that just became a daemon has not written its pid file yet
                    if (down && wasDown || silent) {
                        throw died(why, silent, waiting.getFirst());
                    }
                    wasDown = down;
                }
                live.accept(new Line.Progress(100 * (here.size() - waiting.size()) / here.size(), "PING"));
                Thread.sleep(pause);
                pause = Math.min(500, pause * 2);
            }
        }
    }

    /**
     * A node that lets everyone in although it was given a password: an ACL file without a line for the user {@code default} overrides
     * requirepass (ACLLoadFromFile in acl.c begins with a default user without a password).
     */
    private Optional<Say> open(Talk talk, List<Member> here) throws Failure, InterruptedException {
        if (arg("password").equals("no")) {
            return Optional.empty();
        }
        var users = talk.act(
                here, (m, link) -> link.call("ACL", "GETUSER", "default").text());
        return IntStream.range(0, here.size())
                .filter(i -> users.get(i).lines().anyMatch("nopass"::equals))
                .mapToObj(i -> Say.of("build.start.open", "node", here.get(i).address()))
                .findFirst();
    }

    /** Why nodes do not answer yet; a password or a way that is refused is told at once. */
    private static List<Failure> waiting(Talk talk, List<Member> here) throws Failure, InterruptedException {
        var waiting = talk.look(here, (m, link) -> Convergence.text(m, link.call("PING"))).stream()
                .filter(a -> a instanceof SideBySide.Failed<String>)
                .map(a -> ((SideBySide.Failed<String>) a).why())
                .toList();
        for (var why : waiting) {
            if (why instanceof SignInRefused || why instanceof NotAllowed) {
                throw why;
            }
        }
        return waiting;
    }

    private Failure died(Exit why, boolean silent, Failure unanswered) {
        var ports = silent && why.all("down").isEmpty() ? why.all("runs") : why.all("down");
        var port = ports.getFirst();
        var log = why.all("log_" + port);
        var what = StartFailures.of(log, arg("root"), Integer.parseInt(port))
                .orElseGet(() -> silent
                        ? Say.of("build.start.silent", "port", port, "host", on(), "why", unanswered.what())
                        : Say.of("build.start.died", "port", port, "host", on()));
        return new CommandFailed(what, next(what), 1, log);
    }
}
