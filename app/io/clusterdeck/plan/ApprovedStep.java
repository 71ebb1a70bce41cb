package io.clusterdeck.plan;

import io.clusterdeck.say.Bug;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * A step read back from a journal: shown as it was approved, done by the step that its kind makes from its data. Where no such step
 * can be made (a journal of another version) it can still be looked at, and is blocked.
 */
record ApprovedStep(
        StepId id,
        HostName on,
        StepSpec spec,
        Say title,
        List<String> commands,
        List<FileDiff> edits,
        boolean undoable,
        Optional<Step> deed)
        implements Step {

    static ApprovedStep of(
            StepId id,
            HostName on,
            StepSpec spec,
            Say title,
            List<String> commands,
            List<FileDiff> edits,
            boolean undoable,
            Map<String, StepKind> kinds) {
        return new ApprovedStep(id, on, spec, title, commands, edits, undoable, deed(id, on, spec, kinds));
    }

    private static Optional<Step> deed(StepId id, HostName on, StepSpec spec, Map<String, StepKind> kinds) {
        try {
            return Optional.ofNullable(kinds.get(spec.kind())).map(k -> k.make(id, on, spec));
        } catch (RuntimeException unreadable) {
            LoggerFactory.getLogger(ApprovedStep.class)
                    .warn("step {} of kind {} can't be made from its journal", id, spec.kind(), unreadable);
            return Optional.empty();
        }
    }

    /** The same plan, of the steps that the kinds make today. */
    static Plan remade(Plan plan) {
        var stages = plan.stages().stream()
                .map(s -> new Stage(
                        s.id(),
                        s.title(),
                        s.steps().stream().map(ApprovedStep::remade).toList()))
                .toList();
        return new Plan(plan.id(), plan.on(), plan.title(), stages, plan.costs(), plan.until());
    }

    private static Step remade(Step step) {
        return step instanceof ApprovedStep approved ? approved.deed.orElse(step) : step;
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        return deed.isPresent() ? deed.get().check(ground) : new Verdict.Blocked(lost(), Say.of("plan.lost-step.next"));
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        made().apply(ground, live);
    }

    @Override
    public void undo(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        made().undo(ground, live);
    }

    @Override
    public void undo(Ground ground, Optional<Say> failure, Consumer<Line> live) throws Failure, InterruptedException {
        made().undo(ground, failure, live);
    }

    @Override
    public boolean passes() {
        return deed.filter(Step::passes).isPresent();
    }

    private Step made() throws Bug {
        return deed.orElseThrow(() -> new Bug(lost(), Say.of("plan.lost-step.next")));
    }

    private Say lost() {
        return Say.of("plan.lost-step", "kind", spec.kind());
    }
}
