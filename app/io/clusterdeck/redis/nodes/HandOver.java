package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A replica takes its shard over: CLUSTER FAILOVER [FORCE|TAKEOVER]. Its OK means accepted only (clusterCommand in cluster.c), and
 * it may give up without a word after 5 s (CLUSTER_MF_TIMEOUT), and is then asked a second time where nothing changed and its log tells
 * of a lost message; done is when a majority of those that answer see the new roles. It waits before where {@link Elections} says that
 * the replica could not be elected yet.
 *
 * <p>Redis 6.2.0 to 6.2.7 leaves the old master's clients paused for 10 s from the request, although it is a replica by then: it applies
 * nothing of what its new master sends, and can't be handed back to. CLIENT UNPAUSE ends that ({@link Release#staysPaused}).
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

    private NodeId replica() {
        return new NodeId(spec.arg("replica"));
    }

    private NodeId master() {
        return new NodeId(spec.arg("master"));
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

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        try (var observers = new Observers(ops)) {
            return handedOver(observers.ask())
                    ? new Verdict.Done(Say.of("nodes.step.hand-over.done", "node", at()))
                    : new Verdict.Needed(Say.of("nodes.step.hand-over.needed", "node", at()));
        }
    }

    /**
     * A majority sees the replica as master; and the old master, if it answers, says that it follows it, and the new master sees that, too:
     * until then a failover back would be ignored (it takes a request only from whom it knows as its replica; cluster.c, MFSTART).
     */
    private boolean handedOver(Map<NodeAddress, List<NodeRow>> views) {
        var old = views.get(from());
        var mine = views.getOrDefault(at(), List.of());
        return Observers.most(views, this::promoted)
                && promoted(mine)
                && (old == null || follows(mine) && follows(old));
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
            var lost = attempt(observers, ground, live);
            if (lost.isPresent() && lost.get().worthAnother()) {
                // voters that hung give their votes late, and refuse another one about this master for 2 × node-timeout
                long pause = lost.get().asked() ? 2 * nodeTimeout() : 0;
                live.accept(new Line.Said(
                        Say.of("failover.again", "node", at(), "why", lost.get().why(), "t", pause)));
                Thread.sleep(pause);
                lost = again(lost, observers, ground, live);
            }
            if (lost.isPresent()) {
                throw gaveUp(lost.get());
            }
            if (!Await.until(untilToldAll(), () -> handedOver(observers.ask()))) {
                throw new CommandFailed(
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
        }
    }

    /** Only while all is as it was shown: it may have been elected late, or another may have taken over. */
    private Optional<HeirLog.Last> again(
            Optional<HeirLog.Last> lost, Observers observers, Ground ground, Consumer<Line> live)
            throws Failure, InterruptedException {
        var views = observers.ask();
        if (Observers.most(views, this::promoted)) {
            return Optional.empty();
        }
        var mine = Observers.row(views.getOrDefault(at(), List.of()), replica());
        return mine.flatMap(NodeRow::master).filter(master()::equals).isPresent()
                ? attempt(observers, ground, live)
                : lost;
    }

    private CommandFailed gaveUp(HeirLog.Last log) {
        return new CommandFailed(
                Say.of("failover.gave-up", "node", at(), "t", patience().toMillis(), "why", log.why()),
                Say.of(log.won() ? "failover.gave-up.look" : "failover.gave-up.next", "node", at()),
                1,
                log.lines());
    }

    /** Asks once and waits for the election; what the heir's log says of it where it was lost. */
    private Optional<HeirLog.Last> attempt(Observers observers, Ground ground, Consumer<Line> live)
            throws Failure, InterruptedException {
        untilElectable(observers, live);
        if (spec.arg("how").equals("FORCE")) {
            boolean unseen = spec.args().containsKey("unseen");
            new Forcing(new Addressed(replica(), at()), new Addressed(master(), from())).mustBeDown(observers, unseen);
        }
        boolean sent = false;
        try (var link = ops.links().act(at())) {
            var words = spec.arg("how").isEmpty()
                    ? new String[] {"CLUSTER", "FAILOVER"}
                    : new String[] {"CLUSTER", "FAILOVER", spec.arg("how")};
            if (link.call(words) instanceof Reply.Refused refused) {
                throw new NotAllowed(
                        Say.of("failover.refused", "node", at(), "why", refused.message()),
                        Asking.next(refused, "failover.refused.next"));
            }
            sent = true;
            return elected(observers) ? Optional.empty() : Optional.of(new HeirLog(ops, at()).last(ground));
        } catch (OutcomeUnknown unknown) {
            if (sent || !elected(observers)) {
                throw unknown;
            }
            return Optional.empty();
        } finally {
            unpause(observers, live);
        }
    }

    private boolean elected(Observers observers) throws Failure, InterruptedException {
        return Await.until(patience(), () -> Observers.most(observers.ask(), this::promoted));
    }

    /** Before its time a failover is worse than none: see {@link Elections}. A takeover asks nobody. */
    private void untilElectable(Observers observers, Consumer<Line> live) throws Failure, InterruptedException {
        if (spec.arg("how").equals("TAKEOVER")) {
            return;
        }
        var heir = new Addressed(replica(), at());
        var replicas = new ArrayList<>(List.of(heir));
        observers.ask().getOrDefault(at(), List.of()).stream()
                .filter(r -> r.master().filter(master()::equals).isPresent() && !r.id().equals(replica()))
                .map(r -> new Addressed(r.id(), r.address()))
                .forEach(replicas::add);
        long wait = ops.elections().barred(ops.links(), heir, new Addressed(master(), from()), replicas, nodeTimeout());
        if (wait > 0) {
            live.accept(new Line.Said(Say.of("failover.waits", "node", at(), "t", wait)));
            Thread.sleep(wait);
        }
    }

    /** Where it is a replica by now, or the failover is over: as long as that lasts the pause keeps both sides alike. */
    private void unpause(Observers observers, Consumer<Line> live) throws InterruptedException {
        if (!unpauses() || !follows(observers.ask().getOrDefault(from(), List.of()))) {
            return;
        }
        try (var link = ops.links().act(from())) {
            if (link.call("CLIENT", "UNPAUSE") instanceof Reply.Refused refused) {
                live.accept(new Line.Said(Say.of("failover.still-paused", "node", from(), "why", refused.message())));
            }
        } catch (Failure silent) {
            live.accept(new Line.Said(Say.of("failover.still-paused", "node", from(), "why", silent.what())));
        }
    }

    /** A manual failover gives up after 5 s; a forced one is an election, of which one may be lost: 2 × node-timeout each. */
    private Duration patience() {
        return Duration.ofMillis(
                spec.arg("how").equals("FORCE") ? Math.max(10_000, 4 * nodeTimeout() + 2_000) : 10_000);
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
