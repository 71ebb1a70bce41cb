package io.clusterdeck.redis.aof;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.ScriptStep;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.redis.nodes.AofRewrite;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.util.List;
import java.util.function.Consumer;

/** BGREWRITEAOF on a running node, until the new file has taken the place of the one that was kept. Repeating it does no harm. */
record Rewrite(StepId id, HostName on, StepSpec spec, Ops ops) implements Step {
    static final String KIND = "aof.rewrite";

    private NodeAddress address() {
        return Addressed.address(spec.arg("address"));
    }

    @Override
    public Say title() {
        return Say.of("aof.step.rewrite", "node", address());
    }

    @Override
    public List<String> commands() {
        return List.of(new RedisCli(ops.spec().get()).to(on, address(), "BGREWRITEAOF"));
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var look = AofPlace.script(spec, "aof-cure", "check");
        return new ScriptStep(id, on, spec, title(), look, List.of(), List.of()).check(ground) instanceof Verdict.Done
                ? new Verdict.Done(Say.of("aof.rewritten", "node", address()))
                : new Verdict.Needed(Say.of("aof.to-rewrite", "node", address()));
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        try (var link = ops.links().act(address())) {
            ask(link);
            AofRewrite.await(link);
        }
    }

    /** One that runs already serves as well: it writes what is in memory. */
    private void ask(Link link) throws Failure, InterruptedException {
        try {
            if (link.call("BGREWRITEAOF") instanceof Reply.Refused refused
                    && !refused.message().contains("already in progress")) {
                throw new CommandFailed(
                        Say.of("aof.rewrite-refused", "node", address(), "why", refused.message()),
                        Say.of("aof.rewrite-failed.next", "node", address()),
                        1,
                        List.of());
            }
        } catch (OutcomeUnknown unknown) {
            throw new OutcomeUnknown(unknown.what(), Say.of("aof.rewrite-unknown.next", "node", address()), unknown);
        }
    }
}
