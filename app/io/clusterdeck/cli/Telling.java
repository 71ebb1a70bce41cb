package io.clusterdeck.cli;

import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.RunEvent;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.ssh.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Tells a run on stderr, calmly: a line when a step begins to change something, one when it ended, all of it when it failed. */
final class Telling implements Consumer<RunEvent> {

    private final Session session;
    private final boolean output;
    private final Map<StepId, Step> steps = new HashMap<>();
    private final Map<StepId, Instant> began = new HashMap<>();

    /** @param output whether the steps' own output is told, too */
    Telling(Session session, Plan plan, boolean output) {
        this.session = session;
        this.output = output;
        know(plan);
    }

    private void know(Plan plan) {
        plan.steps().forEach(s -> steps.put(s.id(), s));
    }

    @Override
    public void accept(RunEvent event) {
        switch (event) {
            case RunEvent.Began b -> know(b.plan());
            case RunEvent.StageBegan s -> {}
            case RunEvent.StepBegan b -> began(b);
            case RunEvent.StepLine l -> line(l);
            case RunEvent.StepDone d -> done(d);
            case RunEvent.StepFailed f -> failed(f);
            case RunEvent.StepUndone u -> session.progress(at(u.step(), "↺", session.words.say("cli.run.undone")));
            case RunEvent.Paused p -> {}
            case RunEvent.Ended e -> {}
        }
    }

    private void began(RunEvent.StepBegan b) {
        if (b.applying()) {
            began.put(b.step(), b.at());
            session.progress(at(b.step(), "→", "…"));
        }
    }

    private void line(RunEvent.StepLine l) {
        switch (l.line()) {
            case Line.Said said -> session.progress("    " + session.words.say(said.say()));
            case Line.Text text when output -> session.progress(session.terminal.quiet("    " + text.text()));
            case Line.Text text -> {}
            case Line.Progress progress -> {}
            case Line.Busy busy -> {}
        }
    }

    private void done(RunEvent.StepDone d) {
        var start = began.get(d.step()); // missing when it began before we listened
        var took = start == null
                ? ""
                : session.words.millis(Duration.between(start, d.at()).toMillis());
        session.progress(
                d.applied()
                        ? at(d.step(), session.terminal.good("✓"), took)
                        : at(d.step(), session.terminal.quiet("·"), session.words.say(d.found())));
    }

    private void failed(RunEvent.StepFailed f) {
        var lines = session.terminal;
        lines.err.println(at(f.step(), lines.bad("✗"), session.words.say(f.why())));
        f.lastLines().forEach(l -> lines.err.println("    " + l));
        lines.err.println("    " + session.words.say(f.next()));
    }

    private String at(StepId id, String mark, String what) {
        var step = steps.get(id);
        var title = step == null ? id.value() : session.words.say(step.title());
        var host = step == null ? "" : step.on().value();
        var where = host.isEmpty() || title.contains(host) ? "" : host + "  ";
        return (mark + " " + where + title + "  " + what).stripTrailing();
    }
}
