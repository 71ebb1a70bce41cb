package io.clusterdeck.redis.drill;

import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.drill.Expected.OfShard;
import io.clusterdeck.redis.drill.Expected.Span;
import io.clusterdeck.redis.forecast.Forecast;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.redis.nodes.Closeup;
import io.clusterdeck.redis.nodes.Ending;
import io.clusterdeck.redis.nodes.HandOver;
import io.clusterdeck.redis.nodes.Impact;
import io.clusterdeck.redis.nodes.Keeping;
import io.clusterdeck.redis.nodes.NodeOperations;
import io.clusterdeck.redis.nodes.ProcessStep;
import io.clusterdeck.redis.nodes.Settle;
import io.clusterdeck.redis.nodes.Starts;
import io.clusterdeck.redis.nodes.Successors;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the faults of a drill into steps. Looks at processes and hosts; off the FX thread. */
final class Breaking {
    private static final int SLOW_SECONDS = 15;

    private final Rehearsal to;
    private final Targets targets;
    private final Foresight foresight;
    private final Map<Node, Closeup> seen = new HashMap<>();

    Breaking(Rehearsal to, Targets targets) {
        this.to = to;
        this.targets = targets;
        this.foresight = new Foresight(to);
    }

    void all() throws Failure, InterruptedException {
        var die = new ArrayList<Node>();
        for (var fault : to.drill.faults()) {
            switch (fault) {
                case Fault.Kill f -> die.add(targets.node(f.node()));
                case Fault.KillHost f -> die.addAll(targets.on(targets.host(f.host())));
                case Fault.KillMajority f -> die.addAll(targets.majority());
                case Fault.Hang f -> hang(targets.node(f.node()));
                case Fault.Cut f -> cut(targets.host(f.host()), f.way());
                case Fault.Slow f -> slow(targets.host(f.host()), f.loss());
                case Fault.Stop f -> stop(targets.master(f.node()));
                case Fault.HandOver f -> handOver(targets.master(f.node()));
                case Fault.RestartAll f -> restartAll();
            }
        }
        if (!die.isEmpty()) {
            kill(die.stream().distinct().toList());
        }
    }

    private Closeup closeup(Node node) throws Failure, InterruptedException {
        var known = seen.get(node);
        if (known != null) {
            return known;
        }
        var close = Closeup.of(to.drills.ops(), node);
        var strange = NodeOperations.strange(close);
        if (strange.isPresent() && strange.get() instanceof io.clusterdeck.plan.Offer.Refused refused) {
            throw new NotAllowed(
                    refused.why(),
                    refused.cures().isEmpty()
                            ? Say.of("drill.refused.next")
                            : refused.cures().getFirst());
        }
        seen.put(node, close);
        return close;
    }

    /** Its data must come back with it, and what keeps strangers out: a drill never bets on the replica. */
    private Closeup returning(Node node) throws Failure, InterruptedException {
        var close = closeup(node);
        var less = node.isMaster() ? close.less(false) : List.<Say>of();
        if (!less.isEmpty()) {
            throw new NotAllowed(
                    Say.of("nodes.refused.less", "node", node.address(), "why", less), Say.of("nodes.cure.keep"));
        }
        if (Keeping.of(to.drills.ops(), close).losesPassword()) {
            throw new NotAllowed(Say.of("drill.opens", "node", node.address()), Say.of("drill.opens.next"));
        }
        return close;
    }

    private void kill(List<Node> nodes) throws Failure, InterruptedException {
        var forecast = foresight.foresee(nodes);
        var hold = Duration.ofMillis(
                to.drill.hold() > 0 ? to.drill.hold() * 1_000L : forecast.lasts() ? to.terms.nodeTimeout() + 3_000 : 0);
        var limit = hold.plus(foresight.patience());
        var starts = new Starts(to.drills.ops());
        for (var node : nodes) {
            var close = returning(node);
            to.promises.add(
                    PromiseStep.of(starts.step(close), to.mark(node.address().toString()), limit));
            mustStayDown(close);
            strike(ProcessStep.of(close, "KILL", Duration.ZERO, false), ending(node, forecast, nodes));
            var start = starts.step(close);
            to.mends.add(start);
            to.afterwards.add(starts.settle(close, to.terms, false));
            to.afterwards.add(PromiseStep.of(start, to.mark(node.address().toString()), limit)
                    .revoking());
        }
        awaits(nodes, forecast, hold);
        to.costs.add(Say.of("drill.undo.start", "nodes", addresses(nodes), "t", limit.toMillis()));
    }

    /** Looked at together before the first falls, so that they fall at once. */
    private void strike(ProcessStep blow, Ending shown) {
        to.looks.add(ReadyStep.of(blow.whileStill(to.drills.ops(), shown)));
        to.faults.add(blow);
    }

    /** A node that systemd starts again at once dies no death that anybody would notice. */
    private static void mustStayDown(Closeup close) throws NotAllowed {
        var revives = close.revives();
        if (revives.isPresent()) {
            throw new NotAllowed(
                    Say.of("drill.revives", "node", close.node().address(), "why", revives.get()),
                    Say.of("drill.revives.next"));
        }
    }

    /** As it was foreseen; of what a master holds a start must load all. */
    private static Ending ending(Node node, Forecast forecast, List<Node> together) {
        boolean owns = node.isMaster() && !node.slots().isEmpty();
        boolean heir = forecast.shards().stream()
                .anyMatch(s -> s.master().id().equals(node.id()) && !(s.outage() instanceof Forecast.Outage.ForGood));
        var ending = Ending.of(node, owns, heir).together(together);
        return node.isMaster() ? ending.whole(false) : ending;
    }

    private void awaits(List<Node> nodes, Forecast forecast, Duration hold) {
        if (!forecast.lasts()) {
            nodes.forEach(n -> to.effects.add(
                    settle(n, n.isMaster() && !n.slots().isEmpty() ? Settle.Until.TAKEN_OVER : Settle.Until.DOWN)));
        }
        if (!hold.isZero()) {
            to.effects.add(HoldStep.of(to.first, hold));
        }
    }

    private void hang(Node node) throws Failure, InterruptedException {
        var close = returning(node);
        var forecast = foresight.foresee(List.of(node));
        var hold = Duration.ofSeconds(to.drill.hold());
        var pause = hold.plus(foresight.patience());
        strike(ProcessStep.of(close, "STOP", pause, false), ending(node, forecast, List.of()));
        awaits(
                List.of(node),
                forecast,
                forecast.lasts() && hold.isZero() ? foresight.patience().dividedBy(3) : hold);
        to.mends.add(ProcessStep.goOn(close));
        to.afterwards.add(new Starts(to.drills.ops()).settle(close, to.terms, false));
        to.costs.add(Say.of("drill.undo.continue", "node", node.address(), "t", pause.toMillis()));
    }

    private void cut(HostName host, Fault.Way way) throws Failure, InterruptedException {
        var own = targets.on(host);
        var hold = Duration.ofSeconds(to.drill.hold());
        var forecast = foresight.foresee(own);
        // clients still reach the host: its master serves until it sees that it has no majority
        forecast.shards()
                .forEach(s -> to.expect(new OfShard(
                        s.master().address().toString(),
                        s.outage() instanceof Forecast.Outage.ForGood
                                ? new Span(0, to.terms.outageTo(), foresight.worst(s.outage()))
                                : foresight.cutOff(s.outage(), way),
                        Foresight.heirs(s.successors()),
                        s.successors() instanceof Successors.One)));
        to.costs.add(Say.of("drill.cost.isolated", "host", host, "t", to.terms.nodeTimeout()));
        network(host, own, way, 100, hold);
        awaits(own, forecast, hold);
        for (var node : own) {
            to.afterwards.add(settle(node, Settle.Until.JOINED));
        }
    }

    private void slow(HostName host, int loss) throws Failure, InterruptedException {
        var own = targets.on(host);
        var hold = Duration.ofSeconds(to.drill.hold() > 0 ? to.drill.hold() : SLOW_SECONDS);
        // replication suffers, clients do not; should the bus suffer so much that the host is suspected, it is as a
        // death
        own.stream()
                .filter(n -> n.isMaster() && !n.slots().isEmpty())
                .forEach(n -> to.expect(
                        new OfShard(n.address().toString(), new Span(0, 500, to.terms.outageTo()), List.of(), false)));
        to.others(new Span(0, 500, Foresight.MOMENT.worst()));
        to.costs.add(Say.of("drill.cost.slow", "host", host, "loss", loss, "t", hold.toMillis()));
        network(host, own, Fault.Way.BOTH, loss, hold);
        to.effects.add(HoldStep.of(to.first, hold));
    }

    private void network(HostName host, List<Node> own, Fault.Way way, int loss, Duration hold)
            throws Failure, InterruptedException {
        var others = targets.elsewhere(host);
        if (others.isEmpty()) {
            throw new NotAllowed(Say.of("drill.one-host"), Say.of("drill.one-host.next"));
        }
        Able.check(to.drills.ops().ground().host(host));
        var limit = hold.plus(foresight.patience());
        var fault = FaultStep.of(to.mark(host.value()), host, own, others, way, loss, limit);
        to.faults.add(fault);
        to.mends.add(fault.mending());
        to.costs.add(Say.of("drill.undo.network", "host", host, "t", limit.toMillis()));
    }

    private void stop(Node master) throws Failure, InterruptedException {
        var close = returning(master);
        var heir = heir(master);
        var starts = new Starts(to.drills.ops());
        var start = starts.step(close);
        var limit = foresight.patience();
        to.promises.add(PromiseStep.of(start, to.mark(master.address().toString()), limit));
        to.faults.add(HandOver.of(to.drills.ops(), on(master), Addressed.of(heir), Addressed.of(master), "", to.terms));
        to.faults.add(ProcessStep.of(close, "TERM", Duration.ZERO, true)
                .whileStill(to.drills.ops(), Ending.of(master, false, false)));
        to.mends.add(start);
        to.afterwards.add(starts.settle(close, to.terms, false));
        to.afterwards.add(PromiseStep.of(start, to.mark(master.address().toString()), limit)
                .revoking());
        handedOver(master, heir);
        to.costs.add(Say.of("drill.undo.start", "nodes", master.address(), "t", limit.toMillis()));
    }

    private void handOver(Node master) throws NotAllowed, InterruptedException {
        var heir = heir(master);
        to.faults.add(HandOver.of(to.drills.ops(), on(heir), Addressed.of(heir), Addressed.of(master), "", to.terms));
        to.effects.add(HoldStep.of(to.first, Duration.ofSeconds(Math.max(2, to.drill.hold()))));
        handedOver(master, heir);
    }

    private void handedOver(Node master, Node heir) throws InterruptedException {
        to.costs.addAll(Impact.handOver(to.state, master, heir, false).says());
        to.costs.addAll(HandOver.costs(to.drills.ops(), heir, master, to.terms));
        to.expect(new OfShard(
                master.address().toString(),
                Foresight.HAND_OVER,
                List.of(heir.address().toString()),
                true));
        to.others(new Span(0, 500, 1_000));
    }

    /** One node after another, each a stage: whoever is restarted next waits until the last one is back. */
    private void restartAll() throws Failure, InterruptedException {
        var all = new ArrayList<Node>();
        to.state.shards().forEach(s -> all.addAll(s.replicas()));
        to.state.shards().forEach(s -> all.add(s.master()));
        var starts = new Starts(to.drills.ops());
        int n = 0;
        for (var node : all) {
            var close = returning(node);
            var start = starts.step(close);
            var limit = foresight.patience().multipliedBy(all.size());
            to.promises.add(PromiseStep.of(start, to.mark(node.address().toString()), limit));
            var steps = new ArrayList<Step>();
            if (node.isMaster() && !node.slots().isEmpty()) {
                var heir = heir(node);
                steps.add(HandOver.of(to.drills.ops(), on(node), Addressed.of(heir), Addressed.of(node), "", to.terms));
                to.expect(new OfShard(
                        node.address().toString(),
                        Foresight.HAND_OVER,
                        List.of(heir.address().toString()),
                        true));
            }
            steps.add(ProcessStep.of(close, "TERM", Duration.ZERO, true)
                    .whileStill(to.drills.ops(), Ending.of(node, false, false)));
            steps.add(start);
            steps.add(starts.settle(close, to.terms, false));
            steps.add(PromiseStep.of(start, to.mark(node.address().toString()), limit)
                    .revoking());
            to.inTurn.add(new Stage("restart-" + ++n, Say.of("drill.stage.restart", "node", node.address()), steps));
        }
        to.costs.add(Say.of("drill.cost.rolling", "n", all.size()));
    }

    private Node heir(Node master) throws NotAllowed {
        return Successors.healthy(to.state, master, to.terms).stream()
                .findFirst()
                .orElseThrow(() -> new NotAllowed(
                        Say.of("drill.no-heir", "node", master.address()), Say.of("drill.no-heir.next")));
    }

    private Settle settle(Node node, Settle.Until until) {
        // joined twice would be one step too many of that name: those that were killed settle after their start
        var step = Settle.of(to.drills.ops(), on(node), node, until, -1, to.terms, 0);
        return until == Settle.Until.JOINED
                ? step
                : new Settle(
                        new io.clusterdeck.plan.StepId("effect/" + node.address()), step.on(), step.spec(), step.ops());
    }

    private HostName on(Node node) {
        return node.host().orElse(to.first);
    }

    private static List<String> addresses(List<Node> nodes) {
        return nodes.stream().map(n -> n.address().toString()).toList();
    }
}
