package io.clusterdeck.redis.create;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lowers node-timeout and the delay of the first copy, on empty nodes only; put back by the last step, or undone, also after a crash. */
final class TuneStep extends CreateStep {

    TuneStep(StepId id, HostName on, StepSpec spec, Ops ops) {
        super(id, on, spec, ops);
    }

    @Override
    public List<String> commands() {
        var commands = new ArrayList<String>();
        for (var node : draft().tuned()) {
            if (node.timeout().isPresent()) {
                commands.add(typed(node, "CONFIG SET " + Tuning.TIMEOUT + " " + Draft.HURRIED));
            }
            if (node.delay().isPresent()) {
                commands.add(typed(node, "CONFIG SET " + Tuning.DELAY + " 0"));
            }
        }
        return commands;
    }

    /** Nodes that have met serve, or are about to: with them it is too late for haste. */
    @Override
    Optional<Say> missing(List<Emptiness.Seen> seen) throws Failure, InterruptedException {
        if (!seen.stream().allMatch(Emptiness.Seen::alone)) {
            return Optional.empty();
        }
        var hurried = each(draft().tuned(), Tuning::hurried);
        return hurried.contains(false)
                ? Optional.of(Say.of("create.missing.tune", "millis", Draft.HURRIED))
                : Optional.empty();
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        if (guarded().stream().allMatch(Emptiness.Seen::alone)) {
            each(draft().tuned(), Tuning::hurry);
        }
    }

    @Override
    public boolean undoable() {
        return true;
    }

    @Override
    public void undo(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        for (var node : draft().tuned()) {
            Tuning.putBackIfThere(node, ops());
        }
    }
}
