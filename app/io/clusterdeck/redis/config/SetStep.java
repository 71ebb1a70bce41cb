package io.clusterdeck.redis.config;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.redis.nodes.AofRewrite;
import io.clusterdeck.redis.nodes.Asking;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;

/** CONFIG SET of one directive on one node; done when CONFIG GET tells it, the AOF when it is written, too. Never of a secret. */
record SetStep(StepId id, HostName on, StepSpec spec, Ops ops) implements Step {
    static final String KIND = "config.set";

    static SetStep of(Ops ops, Node node, String directive, String value) {
        var args = new LinkedHashMap<String, String>();
        args.put("cluster", ops.spec().get().name());
        args.put("address", Addressed.text(node.address()));
        args.put("directive", directive);
        args.put("value", value);
        return new SetStep(
                new StepId("config-set/" + node.address()),
                node.host().orElseGet(() -> new HostName(node.address().host())),
                new StepSpec(KIND, args),
                ops);
    }

    /** Then the file holds the data only once it has been written from memory. */
    private boolean aofOn() {
        return spec.arg("directive").equals("appendonly") && spec.arg("value").equals("yes");
    }

    private NodeAddress address() {
        return Addressed.address(spec.arg("address"));
    }

    @Override
    public Say title() {
        return Say.of(
                "config.step.set", "node", address(), "directive", spec.arg("directive"), "value", spec.arg("value"));
    }

    @Override
    public List<String> commands() {
        return List.of(new RedisCli(ops.spec().get())
                .to(on, address(), List.of("CONFIG", "SET", spec.arg("directive"), spec.arg("value"))));
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        try (var link = ops.links().act(address())) {
            var now = Asking.setting(link, spec.arg("directive"));
            return Directive.same(spec.arg("directive"), now, spec.arg("value"))
                            && !(aofOn() && AofRewrite.pending(Asking.info(link)))
                    ? new Verdict.Done(Say.of("config.is", "directive", spec.arg("directive"), "value", now))
                    : new Verdict.Needed(Say.of("config.is", "directive", spec.arg("directive"), "value", now));
        }
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        try (var link = ops.links().act(address())) {
            var reply = link.call("CONFIG", "SET", spec.arg("directive"), spec.arg("value"));
            if (reply instanceof Reply.Refused refused) {
                throw new CommandFailed(
                        Say.of(
                                "config.refused",
                                "node",
                                address(),
                                "directive",
                                spec.arg("directive"),
                                "value",
                                spec.arg("value"),
                                "told",
                                refused.message()),
                        Asking.next(refused, "config.refused.next"),
                        1,
                        List.of(refused.message()));
            }
            if (aofOn()) {
                AofRewrite.await(link);
            }
        } catch (OutcomeUnknown unknown) {
            if (!(check(ground) instanceof Verdict.Done)) {
                throw unknown;
            }
        }
    }
}
