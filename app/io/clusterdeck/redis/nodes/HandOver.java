package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A replica takes its shard over: CLUSTER FAILOVER [FORCE|TAKEOVER], asked by a {@link Candidacy}; done is when a majority of those that
 * answer see the new roles, and both nodes say so.
 *
 * <p>Redis 6.2.0 to 6.2.7 leaves the old master's clients paused for 10 s from the request, although it is a replica by then: it applies
 * nothing of what its new master sends, and can't be handed back to. CLIENT UNPAUSE ends that ({@link Release#staysPaused}).
 */
public record HandOver(StepId id, HostName on, StepSpec spec, Ops ops) implements Step {
    public static final String KIND = "node.hand-over";
    private static final Duration UNTIL_HEARD = Duration.ofSeconds(10);

    /** @param how empty, FORCE or TAKEOVER, as the command takes it */
    public static HandOver of(Ops ops, HostName on, Addressed replica, Addressed master, String how, Terms terms) {
        return new HandOver(
                new StepId("hand-over/" + replica.address()),
                on,
                new StepSpec(
                        KIND,
                        Map.of(
                                "cluster", ops.spec().get().name(),
                                "replica", replica.id().value(),
                                "at", Addressed.text(replica.address()),
                                "master", master.id().value(),
                                "from", Addressed.text(master.address()),
                                "how", how,
                                "unpauses", Boolean.toString(how.isEmpty() && staysPaused(ops, master.id())),
                                "timeout", Long.toString(terms.nodeTimeout()))),
                ops);
    }

    /** FORCE for somebody who was told that the master may serve unseen: its heir's link to it does not forbid it then. */
    public HandOver overUnseen() {
        var args = new HashMap<>(spec.args());
        args.put("unseen", "true");
        return new HandOver(id, on, new StepSpec(KIND, args), ops);
    }

    /** What it costs beside the moment in which the slots change hands. Asks the nodes of the shard. */
    public static List<Say> costs(Ops ops, Node heir, Node master, Terms terms) throws InterruptedException {
        var costs = new ArrayList<Say>();
        var replicas = ops.now().get().replicasOf(master.id()).stream()
                .map(Addressed::of)
                .toList();
        long wait = ops.elections()
                .barred(ops.links(), Addressed.of(heir), Addressed.of(master), replicas, terms.nodeTimeout());
        if (wait > 0) {
            costs.add(Say.of("failover.cost.waits", "t", wait));
        }
        if (staysPaused(ops, master.id())) {
            costs.add(Say.of("failover.cost.unpause", "master", master.address()));
        }
        return costs;
    }

    private static boolean staysPaused(Ops ops, NodeId master) {
        return ops.now()
                .get()
                .node(master)
                .flatMap(Node::info)
                .filter(Release::staysPaused)
                .isPresent();
    }

    private boolean unpauses() {
        return Boolean.parseBoolean(spec.args().getOrDefault("unpauses", "false"));
    }

    private NodeAddress at() {
        return Addressed.address(spec.arg("at"));
    }

    private NodeAddress from() {
        return Addressed.address(spec.arg("from"));
    }

    private long nodeTimeout() {
        return Long.parseLong(spec.arg("timeout"));
    }

    private Succession between() {
        return new Succession(
                new Addressed(new NodeId(spec.arg("replica")), at()),
                new Addressed(new NodeId(spec.arg("master")), from()));
    }

    @Override
    public Say title() {
        return Say.of("nodes.step.hand-over", "from", from(), "to", at());
    }

    @Override
    public List<String> commands() {
        var how = spec.arg("how");
        var cli = new RedisCli(ops.spec().get());
        var failover = cli.to(on, at(), "CLUSTER FAILOVER" + (how.isEmpty() ? "" : " " + how));
        return unpauses() ? List.of(failover, cli.to(on, from(), "CLIENT UNPAUSE")) : List.of(failover);
    }

    /** An heir that was not heard at once has not said that it is a replica: it is asked again for a while. */
    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var over = new AtomicBoolean();
        try (var observers = new Observers(ops)) {
            Await.until(UNTIL_HEARD, () -> {
                var views = observers.ask();
                over.set(between().over(views));
                return over.get() || between().pending(views);
            });
            return over.get()
                    ? new Verdict.Done(Say.of("nodes.step.hand-over.done", "node", at()))
                    : new Verdict.Needed(Say.of("nodes.step.hand-over.needed", "node", at()));
        }
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        var candidacy = new Candidacy(
                ops, between(), spec.arg("how"), nodeTimeout(), spec.args().containsKey("unseen"), unpauses());
        try (var observers = new Observers(ops)) {
            var lost = candidacy.stand(observers, ground, live);
            if (lost.isPresent()) {
                throw gaveUp(lost.get(), candidacy.patience());
            }
            if (!Await.until(untilToldAll(), () -> between().over(observers.ask()))) {
                throw notTold();
            }
        }
    }

    private CommandFailed gaveUp(HeirLog.Last log, Duration waited) {
        return new CommandFailed(
                Say.of("failover.gave-up", "node", at(), "t", waited.toMillis(), "why", log.why()),
                Say.of(log.won() ? "failover.gave-up.look" : "failover.gave-up.next", "node", at()),
                1,
                log.lines());
    }

    private CommandFailed notTold() {
        return new CommandFailed(
                Say.of(
                        "failover.not-told",
                        "node",
                        at(),
                        "old",
                        from(),
                        "t",
                        untilToldAll().toMillis()),
                Say.of("failover.not-told.next", "node", at()),
                1,
                List.of());
    }

    /**
     * The old master's new role travels with its own pings and pongs: a node that has not heard of it for half a node-timeout asks
     * (clusterCron), and only some are asked every second. Measured among six idle nodes with a node-timeout of 10 s: mostly 4 s,
     * up to 12 s.
     */
    private Duration untilToldAll() {
        return Duration.ofMillis(10_000 + 2 * nodeTimeout());
    }
}
