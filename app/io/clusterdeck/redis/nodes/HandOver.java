package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A replica takes its shard over: CLUSTER FAILOVER [FORCE|TAKEOVER]. Its OK means accepted only (clusterCommand in cluster.c), and
 * it may give up without a word after 5 s (CLUSTER_MF_TIMEOUT); done is when a majority of those that answer see the new roles.
 */
public record HandOver(StepId id, HostName on, StepSpec spec, Ops ops) implements Step {
    public static final String KIND = "node.hand-over";

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
                                "timeout", Long.toString(terms.nodeTimeout()))),
                ops);
    }

    private NodeId replica() {
        return new NodeId(spec.arg("replica"));
    }

    private NodeId master() {
        return new NodeId(spec.arg("master"));
    }

    private NodeAddress at() {
        return Addressed.address(spec.arg("at"));
    }

    @Override
    public Say title() {
        return Say.of("nodes.step.hand-over", "from", Addressed.address(spec.arg("from")), "to", at());
    }

    @Override
    public List<String> commands() {
        var how = spec.arg("how");
        return List.of("redis-cli -h " + at().host() + " -p " + at().port() + " CLUSTER FAILOVER"
                + (how.isEmpty() ? "" : " " + how));
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        try (var observers = new Observers(ops)) {
            return handedOver(observers.ask())
                    ? new Verdict.Done(Say.of("nodes.step.hand-over.done", "node", at()))
                    : new Verdict.Needed(Say.of("nodes.step.hand-over.needed", "node", at()));
        }
    }

    /**
     * A majority sees the replica as master; and the old master, if it answers, is seen as its replica, by the new master, too:
     * until then a failover back would be ignored (it takes a request only from whom it knows as its replica; cluster.c, MFSTART).
     */
    private boolean handedOver(Map<NodeAddress, List<NodeRow>> views) {
        boolean oldAnswers = views.containsKey(Addressed.address(spec.arg("from")));
        var mine = views.getOrDefault(at(), List.of());
        return Observers.most(views, v -> promoted(v) && (!oldAnswers || follows(v)))
                && promoted(mine)
                && (!oldAnswers || follows(mine));
    }

    private boolean promoted(List<NodeRow> view) {
        return Observers.row(view, replica())
                        .filter(r -> r.role() == Role.MASTER)
                        .isPresent()
                && Observers.row(view, master()).map(r -> r.slots().isEmpty()).orElse(true);
    }

    private boolean follows(List<NodeRow> view) {
        return Observers.row(view, master())
                .flatMap(NodeRow::master)
                .filter(replica()::equals)
                .isPresent();
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        try (var observers = new Observers(ops)) {
            boolean sent = false;
            try (var link = ops.links().act(at())) {
                var words = spec.arg("how").isEmpty()
                        ? new String[] {"CLUSTER", "FAILOVER"}
                        : new String[] {"CLUSTER", "FAILOVER", spec.arg("how")};
                if (link.call(words) instanceof Reply.Refused refused) {
                    throw new NotAllowed(
                            Say.of("failover.refused", "node", at(), "why", refused.message()),
                            Say.of("failover.refused.next"));
                }
                sent = true;
                await(observers);
            } catch (OutcomeUnknown unknown) {
                if (sent || !Await.until(patience(), () -> handedOver(observers.ask()))) {
                    throw unknown;
                }
            }
        }
    }

    private void await(Observers observers) throws Failure, InterruptedException {
        if (!Await.until(patience(), () -> handedOver(observers.ask()))) {
            throw new CommandFailed(
                    Say.of("failover.gave-up", "node", at(), "t", patience().toMillis()),
                    Say.of("failover.gave-up.next", "node", at()),
                    1,
                    List.of());
        }
    }

    /** A manual failover gives up after 5 s; a forced one is an election, of which one may be lost: 2 × node-timeout each. */
    private Duration patience() {
        long timeout = Long.parseLong(spec.arg("timeout"));
        return Duration.ofMillis(spec.arg("how").equals("FORCE") ? Math.max(10_000, 4 * timeout + 2_000) : 10_000);
    }
}
