package io.clusterdeck.redis.drill;

import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.drill.Expected.OfShard;
import io.clusterdeck.redis.drill.Expected.Span;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.redis.nodes.Ending;
import io.clusterdeck.redis.nodes.HandOver;
import io.clusterdeck.redis.nodes.Impact;
import io.clusterdeck.redis.nodes.ProcessStep;
import io.clusterdeck.redis.nodes.Starts;
import io.clusterdeck.redis.nodes.Successors;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Turns what an operator does in order, a drill of its own each, into steps: hand over, stop, restart everything. */
final class Orderly {
    private final Rehearsal to;
    private final Subjects subjects;
    private final Foresight foresight;

    Orderly(Rehearsal to, Subjects subjects, Foresight foresight) {
        this.to = to;
        this.subjects = subjects;
        this.foresight = foresight;
    }

    void stop(Node master) throws Failure, InterruptedException {
        var close = subjects.returning(master);
        var heir = heir(master);
        var starts = new Starts(to.drills.ops());
        var start = starts.step(close);
        var limit = foresight.patience();
        to.promises.add(PromiseStep.of(start, to.mark(master.address().toString()), limit));
        to.faults.add(
                HandOver.of(to.drills.ops(), to.on(master), Addressed.of(heir), Addressed.of(master), "", to.terms));
        to.faults.add(ProcessStep.of(close, "TERM", Duration.ZERO, true)
                .whileStill(to.drills.ops(), Ending.of(master, false, false)));
        to.mends.add(start);
        to.afterwards.add(starts.settle(close, to.terms, false));
        to.afterwards.add(PromiseStep.of(start, to.mark(master.address().toString()), limit)
                .revoking());
        handedOver(master, heir);
        to.costs.add(Say.of("drill.undo.start", "nodes", master.address(), "t", limit.toMillis()));
    }

    void handOver(Node master) throws NotAllowed, InterruptedException {
        var heir = heir(master);
        to.faults.add(
                HandOver.of(to.drills.ops(), to.on(heir), Addressed.of(heir), Addressed.of(master), "", to.terms));
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
    void restartAll() throws Failure, InterruptedException {
        var all = new ArrayList<Node>();
        to.state.shards().forEach(s -> all.addAll(s.replicas()));
        to.state.shards().forEach(s -> all.add(s.master()));
        var starts = new Starts(to.drills.ops());
        int n = 0;
        for (var node : all) {
            var close = subjects.returning(node);
            var start = starts.step(close);
            var limit = foresight.patience().multipliedBy(all.size());
            to.promises.add(PromiseStep.of(start, to.mark(node.address().toString()), limit));
            var steps = new ArrayList<Step>();
            if (node.isMaster() && !node.slots().isEmpty()) {
                var heir = heir(node);
                steps.add(HandOver.of(
                        to.drills.ops(), to.on(node), Addressed.of(heir), Addressed.of(node), "", to.terms));
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
}
