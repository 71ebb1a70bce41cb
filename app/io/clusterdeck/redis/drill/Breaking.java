package io.clusterdeck.redis.drill;

import io.clusterdeck.plan.StepId;
import io.clusterdeck.redis.drill.Expected.OfShard;
import io.clusterdeck.redis.drill.Expected.Span;
import io.clusterdeck.redis.forecast.Forecast.Outage;
import io.clusterdeck.redis.forecast.Forecast.ShardLoss;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Ending;
import io.clusterdeck.redis.nodes.ProcessStep;
import io.clusterdeck.redis.nodes.Settle;
import io.clusterdeck.redis.nodes.Starts;
import io.clusterdeck.redis.nodes.Successors;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns the faults of a drill into steps. Nothing is waited for between them, so they are foreseen together: one master that dies while
 * another hangs may leave no majority, though each alone would be replaced. Looks at processes and hosts; off the FX thread.
 */
final class Breaking {
    private final Rehearsal to;
    private final Targets targets;
    private final Foresight foresight;
    private final Subjects subjects;
    private final Starts starts;
    /** Those that are killed or hung. */
    private final Set<Node> struck = new LinkedHashSet<>();
    /** Those and whoever is cut off: all that the cluster has to do without. */
    private final Set<Node> lost = new LinkedHashSet<>();

    private final Set<Node> killed = new LinkedHashSet<>();
    private final Set<Node> hung = new HashSet<>();
    private final Set<HostName> networks = new HashSet<>();
    private List<ShardLoss> shards = List.of();
    private Duration hold = Duration.ZERO;

    Breaking(Rehearsal to, Targets targets) {
        this.to = to;
        this.targets = targets;
        this.foresight = new Foresight(to);
        this.subjects = new Subjects(to.drills.ops());
        this.starts = new Starts(to.drills.ops());
    }

    void all() throws Failure, InterruptedException {
        var orderly = new Orderly(to, subjects, foresight);
        switch (to.drill.faults().getFirst()) {
            case Fault.Stop f -> orderly.stop(targets.master(f.node()));
            case Fault.HandOver f -> orderly.handOver(targets.master(f.node()));
            case Fault.RestartAll f -> orderly.restartAll();
            default -> sudden();
        }
    }

    private void sudden() throws Failure, InterruptedException {
        for (var fault : to.drill.faults()) {
            struck.addAll(struck(fault));
            if (fault instanceof Fault.Cut f) {
                lost.addAll(targets.on(targets.host(f.host())));
            }
        }
        lost.addAll(struck);
        if (!lost.isEmpty()) {
            shards = foresight.foresee(List.copyOf(lost)).shards();
        }
        hold = foresight.hold(to.lasts);
        for (var fault : to.drill.faults()) {
            strike(fault);
        }
        if (!killed.isEmpty()) {
            to.costs.add(Say.of("drill.undo.start", "nodes", addresses(killed), "t", limit().toMillis()));
        }
        awaits();
    }

    private List<Node> struck(Fault fault) throws Failure {
        return switch (fault) {
            case Fault.Kill f -> List.of(targets.node(f.node()));
            case Fault.KillHost f -> targets.on(targets.host(f.host()));
            case Fault.KillMajority f -> targets.majority();
            case Fault.Hang f -> List.of(targets.node(f.node()));
            default -> List.of();
        };
    }

    private void strike(Fault fault) throws Failure, InterruptedException {
        switch (fault) {
            case Fault.Hang f -> hang(targets.node(f.node()));
            case Fault.Cut f -> cut(targets.host(f.host()), f.way());
            case Fault.Slow f -> slow(targets.host(f.host()), f.loss());
            default -> {
                for (var node : struck(fault)) {
                    kill(node);
                }
            }
        }
    }

    /** After which a host takes its fault back by itself. */
    private Duration limit() {
        return hold.plus(foresight.patience());
    }

    private void kill(Node node) throws Failure, InterruptedException {
        once(!hung.contains(node), node.address());
        if (!killed.add(node)) {
            return;
        }
        var close = subjects.stayingDown(node);
        var start = starts.step(close);
        var promise = PromiseStep.of(start, to.mark(node.address().toString()), limit());
        to.promises.add(promise);
        blow(ProcessStep.of(close, "KILL", Duration.ZERO, false), node);
        to.mends.add(start);
        to.afterwards.add(starts.settle(close, to.terms, false));
        to.afterwards.add(promise.revoking());
    }

    private void hang(Node node) throws Failure, InterruptedException {
        once(!killed.contains(node) && hung.add(node), node.address());
        var close = subjects.returning(node);
        blow(ProcessStep.of(close, "STOP", limit(), false), node);
        to.mends.add(ProcessStep.goOn(close));
        to.afterwards.add(starts.settle(close, to.terms, false));
        to.costs.add(Say.of("drill.undo.continue", "node", node.address(), "t", limit().toMillis()));
    }

    private static void once(boolean first, Object what) throws NotAllowed {
        if (!first) {
            throw new NotAllowed(Say.of("drill.twice", "what", what), Say.of("drill.twice.next"));
        }
    }

    /** Looked at together before the first falls, so that they fall at once. */
    private void blow(ProcessStep blow, Node node) {
        to.looks.add(ReadyStep.of(blow.whileStill(to.drills.ops(), ending(node))));
        to.faults.add(blow);
    }

    /** As it was foreseen; of what a master holds a start must load all. */
    private Ending ending(Node node) {
        boolean owns = node.isMaster() && !node.slots().isEmpty();
        boolean heir = shards.stream()
                .anyMatch(s -> s.master().id().equals(node.id()) && !(s.outage() instanceof Outage.ForGood));
        var ending = Ending.of(node, owns, heir).together(lost);
        return node.isMaster() ? ending.whole(false) : ending;
    }

    private void cut(HostName host, Fault.Way way) throws Failure, InterruptedException {
        var own = targets.on(host);
        // clients still reach the host: its master serves until it sees that it has no majority
        shards.stream()
                .filter(s -> own.contains(s.master()) && !struck.contains(s.master()))
                .forEach(s -> to.expect(new OfShard(
                        s.master().address().toString(),
                        foresight.cutOff(s.outage(), way),
                        Foresight.heirs(s.successors()),
                        s.successors() instanceof Successors.One)));
        to.costs.add(Say.of("drill.cost.isolated", "host", host, "t", to.terms.nodeTimeout()));
        network(host, own, way, 100);
        own.stream().filter(n -> !struck.contains(n)).forEach(n -> to.afterwards.add(settle(n, Settle.Until.JOINED)));
    }

    private void slow(HostName host, int loss) throws Failure, InterruptedException {
        var own = targets.on(host);
        // replication suffers, clients do not; should the bus suffer so much that the host is suspected, it is as a
        // death
        var least = new Span(0, 500, to.terms.outageTo());
        var span = to.others.worst() > least.worst() ? to.others : least;
        own.stream()
                .filter(n -> n.isMaster() && !n.slots().isEmpty() && !lost.contains(n))
                .forEach(n -> to.expect(new OfShard(n.address().toString(), span, List.of(), false)));
        to.others(new Span(0, 500, Foresight.MOMENT.worst()));
        to.costs.add(Say.of("drill.cost.slow", "host", host, "loss", loss, "t", hold.toMillis()));
        network(host, own, Fault.Way.BOTH, loss);
    }

    private void network(HostName host, List<Node> own, Fault.Way way, int loss) throws Failure, InterruptedException {
        once(networks.add(host), host);
        var others = targets.elsewhere(host);
        if (others.isEmpty()) {
            throw new NotAllowed(Say.of("drill.one-host"), Say.of("drill.one-host.next"));
        }
        Able.check(to.drills.ops().ground().host(host));
        var fault = FaultStep.of(to.mark(host.value()), host, own, others, way, loss, limit());
        to.faults.add(fault);
        to.mends.add(fault.mending());
        to.costs.add(Say.of("drill.undo.network", "host", host, "t", limit().toMillis()));
    }

    private void awaits() {
        if (!to.lasts) {
            lost.forEach(n -> to.effects.add(
                    settle(n, n.isMaster() && !n.slots().isEmpty() ? Settle.Until.TAKEN_OVER : Settle.Until.DOWN)));
        }
        if (!hold.isZero()) {
            to.effects.add(HoldStep.of(to.first, hold));
        }
    }

    private Settle settle(Node node, Settle.Until until) {
        // joined twice would be one step too many of that name: those that were killed settle after their start
        var step = Settle.of(to.drills.ops(), to.on(node), node, until, -1, to.terms, 0);
        return until == Settle.Until.JOINED
                ? step
                : new Settle(new StepId("effect/" + node.address()), step.on(), step.spec(), step.ops());
    }

    private static List<String> addresses(Set<Node> nodes) {
        return nodes.stream().map(n -> n.address().toString()).toList();
    }
}
