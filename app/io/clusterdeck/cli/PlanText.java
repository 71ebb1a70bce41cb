package io.clusterdeck.cli;

import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.RunState.Phase;
import io.clusterdeck.words.Words;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Plans and runs as text. */
final class PlanText {

    private static final int FEW = 6;

    private PlanText() {}

    /** Title, cost and, if they are few, commands: what is about to be done. */
    static String brief(Plan plan, Words words) {
        var text = new StringBuilder(words.say(plan.title())).append('\n');
        costs(plan, words, text);
        if (plan.steps().stream().flatMap(s -> s.commands().stream()).count() > FEW) {
            return text.append("  ").append(size(plan, words)).toString();
        }
        for (var step : plan.steps()) {
            step.commands()
                    .forEach(c -> text.append("  ")
                            .append(step.on())
                            .append(" $ ")
                            .append(c.replace("\n", "\n    "))
                            .append('\n'));
        }
        return text.toString().stripTrailing();
    }

    /** All of it: hosts × steps, commands, edits. */
    static String whole(Plan plan, Words words) {
        var text = new StringBuilder(words.say(plan.title())).append('\n');
        costs(plan, words, text);
        for (var stage : plan.stages()) {
            text.append('\n').append("── ").append(words.say(stage.title())).append('\n');
            for (var step : stage.steps()) {
                text.append(step.on())
                        .append("  ")
                        .append(words.say(step.title()))
                        .append('\n');
                step.commands()
                        .forEach(c -> text.append("    $ ")
                                .append(c.replace("\n", "\n      "))
                                .append('\n'));
                step.edits().forEach(e -> edit(e, words, text));
            }
        }
        return text.append('\n').append(size(plan, words)).toString();
    }

    private static String size(Plan plan, Words words) {
        long hosts = plan.steps().stream().map(s -> s.on()).distinct().count();
        return words.say("cli.plan.size", "hosts", hosts, "steps", plan.steps().size());
    }

    private static void costs(Plan plan, Words words, StringBuilder text) {
        plan.costs().forEach(c -> text.append("  ! ").append(words.say(c)).append('\n'));
    }

    private static void edit(FileDiff edit, Words words, StringBuilder text) {
        text.append("    ").append(edit.file()).append('\n');
        edit.basis().ifPresent(b -> text.append("    ").append(words.say(b)).append('\n'));
        var lines = LineDiff.of(edit.before(), edit.after());
        for (var line : lines) {
            text.append("    ").append(line).append('\n');
        }
        if (lines.isEmpty() && edit.after() != null) {
            text.append("    ").append(words.say("plan.edit.secret")).append('\n');
        }
        if (edit.after() == null) {
            text.append("    ").append(words.say("cli.plan.removed")).append('\n');
        }
    }

    /** How a run ended, and what to do if it did not end well. */
    static String end(RunState state, Words words) {
        if (state.ended().isEmpty()) {
            return words.say(
                    "cli.run.no-end",
                    "title",
                    state.plan().title(),
                    "plan",
                    state.plan().id());
        }
        var ended = state.ended().get();
        if (ended.outcome() != Outcome.DONE && DrillWord.drills(state.plan())) {
            return words.say(DrillWord.notEnded(state));
        }
        var took = Duration.between(state.began(), ended.at()).toMillis();
        var key = switch (ended.outcome()) {
            case DONE -> "cli.run.done";
            case FAILED -> "cli.run.failed";
            case CANCELLED -> "cli.run.cancelled";
            case PAUSED -> state.differences().isEmpty() ? "cli.run.stopped" : "cli.run.differs";
        };
        var text = words.say(
                key,
                "title",
                state.plan().title(),
                "plan",
                state.plan().id(),
                "applied",
                count(state, Phase.DONE),
                "already",
                count(state, Phase.WAS_THERE),
                "took",
                took);
        return state.differences().isEmpty() ? text : text + "\n" + lines(state, words);
    }

    private static String lines(RunState state, Words words) {
        return state.differences().stream().map(d -> "  " + words.say(d)).collect(Collectors.joining("\n"));
    }

    private static long count(RunState state, Phase phase) {
        return List.copyOf(state.steps().values()).stream()
                .filter(s -> s.phase() == phase)
                .count();
    }
}
