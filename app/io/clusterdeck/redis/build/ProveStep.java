package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Script;
import io.lettuce.core.cluster.SlotHash;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Proves that every shard takes writes: a key with a prefix of ours and a time to live is written, read and deleted in each. */
final class ProveStep extends HostStep {

    /** No key of anybody else begins so. */
    static final String PREFIX = "clusterdeck:proof:";

    /** Seconds after which a key is gone by itself, should it not be deleted. */
    private static final String LIFE = "60";

    ProveStep(StepId id, HostName on, StepSpec spec) {
        super(id, on, spec);
    }

    @Override
    public List<String> commands() {
        var cli = spec().args().getOrDefault("cli", "redis-cli"); // journals of before know none
        return Members.of(arg("members")).masters().stream()
                .map(m -> RedisCli.to(cli, at(m), "SET " + key(m) + " '' EX " + LIFE))
                .toList();
    }

    /** On its own host a node is reached where it listens. */
    private NodeAddress at(Member member) {
        return arg("access").equals("through") && member.host().equals(on())
                ? new NodeAddress(member.local(), member.port())
                : member.address();
    }

    /** For a step that knows root, cluster, build and data. */
    static Script marker(HostStep step, String verb) {
        return step.script("claim", verb, "root", "cluster", "build", "data").with("ports", "");
    }

    /** Proven once is enough, as long as the nodes still are one working cluster: nothing is written again. */
    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var proven = ask(ground, marker(this, "proven")).fact("proven");
        try (var talk = Talk.of(spec(), ground)) {
            var missing = Convergence.missing(talk);
            if (missing.isPresent()) {
                return new Verdict.Needed(missing.get());
            }
            int shards = talk.members().masters().size();
            return proven.isPresent()
                    ? new Verdict.Done(Say.of("build.prove.done", "n", shards))
                    : new Verdict.Needed(Say.of("build.prove.missing", "n", shards));
        }
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        try (var talk = Talk.of(spec(), ground)) {
            var missing = Convergence.missing(talk);
            if (missing.isPresent()) {
                var what = Say.of("build.prove.not-one", "missing", missing.get());
                throw new CommandFailed(what, next(what), 1, List.of());
            }
            talk.act(talk.members().masters(), (m, link) -> write(m, link));
        }
        run(ground, marker(this, "prove"), live);
    }

    private static boolean write(Member master, Link link) throws Failure, InterruptedException {
        var key = key(master);
        var value = master.id().brief();
        expect(master, "OK", Convergence.text(master, link.call("SET", key, value, "EX", LIFE)));
        expect(master, value, Convergence.text(master, link.call("GET", key)));
        expect(master, "1", Convergence.text(master, link.call("DEL", key)));
        return true;
    }

    private static void expect(Member master, String wanted, String got) throws Failure {
        if (!got.equals(wanted)) {
            var what = Say.of("build.prove.refused", "node", master.address(), "got", got);
            throw new CommandFailed(what, next(what), 1, List.of());
        }
    }

    /** A key in the first of a master's slots for which a short one is found. */
    static String key(Member master) {
        var slots = master.slots().orElseThrow();
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> PREFIX + i)
                .filter(k -> within(slots, SlotHash.getSlot(k)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean within(SlotRange slots, int slot) {
        return slot >= slots.from() && slot <= slots.to();
    }
}
