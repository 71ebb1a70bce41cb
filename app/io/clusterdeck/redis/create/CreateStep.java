package io.clusterdeck.redis.create;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.create.Draft.Planned;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Bug;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One phase of a creation, for all nodes at once: a journal record per node and command would cost more than the commands. */
abstract class CreateStep implements Step {

    private final StepId id;
    private final HostName on;
    private final StepSpec spec;
    private final Ops ops;
    private final Draft draft;

    CreateStep(StepId id, HostName on, StepSpec spec, Ops ops) {
        this.id = id;
        this.on = on;
        this.spec = spec;
        this.ops = ops;
        this.draft = Draft.of(spec.arg("draft"));
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
        return Say.of("create.step." + id.value(), "count", draft.nodes().size());
    }

    Draft draft() {
        return draft;
    }

    Ops ops() {
        return ops;
    }

    /** What is still missing, once it is known that every server may be used. */
    abstract Optional<Say> missing(List<Emptiness.Seen> seen) throws Failure, InterruptedException;

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var seen = look();
        for (var s : seen) {
            if (s.taken().isPresent()) {
                return new Verdict.Blocked(s.taken().get(), Say.of("create.taken.next"));
            }
        }
        var missing = missing(seen);
        return missing.isPresent()
                ? new Verdict.Needed(missing.get())
                : new Verdict.Done(Say.of(
                        "create.done." + id.value(), "count", draft.nodes().size()));
    }

    /** Every node, in the order of the draft. */
    List<Emptiness.Seen> look() throws Failure, InterruptedException {
        return each(draft.nodes(), (node, link) -> Emptiness.look(draft, node, link));
    }

    /** Looks again right before something is changed: between a check and now a server may have been taken by somebody else. */
    List<Emptiness.Seen> guarded() throws Failure, InterruptedException {
        var seen = look();
        for (var s : seen) {
            if (s.taken().isPresent()) {
                throw new io.clusterdeck.say.NotAllowed(s.taken().get(), Say.of("create.taken.next"));
            }
        }
        return seen;
    }

    /** Something done with one node. */
    interface Deed<T> {
        T with(Planned node, Link link) throws Failure, InterruptedException;
    }

    /** Side by side, each over a connection of its own that is opened now; the first failure is thrown after all have ended. */
    <T> List<T> each(List<Planned> nodes, Deed<T> deed) throws Failure, InterruptedException {
        var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("create-", 0).factory());
        try {
            var begun = new ArrayList<Future<T>>();
            for (var node : nodes) {
                begun.add(threads.submit((Callable<T>) () -> {
                    try (var link = ops.links().act(node.at())) {
                        return deed.with(node, link);
                    }
                }));
            }
            var values = new ArrayList<T>();
            var failures = new ArrayList<Failure>();
            for (var future : begun) {
                try {
                    values.add(future.get());
                } catch (ExecutionException e) {
                    failures.add(
                            e.getCause() instanceof Failure f
                                    ? f
                                    : new Bug(
                                            Say.of("create.bug", "what", String.valueOf(e.getCause())),
                                            Say.of("create.bug.next"),
                                            e.getCause()));
                }
            }
            if (!failures.isEmpty()) {
                throw failures.getFirst();
            }
            return values;
        } finally {
            threads.shutdownNow();
        }
    }

    /** As a person could type it. */
    String typed(Planned node, String command) {
        return new RedisCli(ops.spec().get()).to(on, node.at(), command);
    }
}
