package io.clusterdeck.views.runs;

import io.clusterdeck.plan.RunState.Phase;
import io.clusterdeck.plan.RunState.StepState;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.words.Words;

/** How a step's state is told. */
final class StepWords {
    private StepWords() {}

    static Glyph.Kind mark(Phase phase) {
        return switch (phase) {
            case WAITS -> Glyph.Kind.UNKNOWN;
            case CHECKS, APPLIES -> Glyph.Kind.BUSY;
            case DONE, WAS_THERE -> Glyph.Kind.DONE;
            case FAILED -> Glyph.Kind.BAD;
            case UNDONE -> Glyph.Kind.NOTE;
        };
    }

    /** What it is busy with, what was found, or why it failed. */
    static String told(Words words, StepState s) {
        var busy = s.busy().map(words::say).orElse("");
        return switch (s.phase()) {
            case WAITS -> "";
            case CHECKS -> busy.isEmpty() ? words.say("views.run.checks") : busy;
            case APPLIES ->
                s.percent() >= 0
                        ? words.say("views.run.percent", "percent", s.percent(), "what", busy)
                        : busy.isEmpty() ? words.say("views.run.works") : busy;
            case DONE, WAS_THERE, FAILED -> busy;
            case UNDONE -> words.say("views.run.undone");
        };
    }

    /** In one word or figure, for a cell: {@code 1.2 s}, {@code 86 %}, {@code waits}, {@code already there}. */
    static String brief(Words words, StepState s) {
        return switch (s.phase()) {
            case WAITS -> words.say("views.run.waits");
            case CHECKS -> words.say("views.run.checks");
            case APPLIES -> s.percent() >= 0 ? s.percent() + " %" : words.say("views.run.works");
            case DONE -> words.millis(s.took());
            case WAS_THERE -> words.say("views.run.there");
            case FAILED -> words.say("views.run.failed");
            case UNDONE -> words.say("views.run.undone");
        };
    }
}
