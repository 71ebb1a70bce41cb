package io.clusterdeck.views.console;

import io.clusterdeck.redis.console.Shown;
import io.clusterdeck.say.Say;
import io.clusterdeck.words.Words;
import java.util.Locale;

/** A line on the screen of a console. */
public sealed interface ConsoleLine {
    /** What was entered. */
    record Entered(String node, String text) implements ConsoleLine {}

    /** Where it was sent on to. */
    record Hop(Say say) implements ConsoleLine {}

    record Answer(Shown.Line line) implements ConsoleLine {}

    /** Who answered, and how long it took. */
    record Took(Say say) implements ConsoleLine {}

    record Failed(Say what, Say next) implements ConsoleLine {
        private String sentences(Words words) {
            var told = words.say(what);
            boolean ends = told.endsWith(".") || told.endsWith("。");
            return words.say(ends ? "console.failed.ends" : "console.failed", "what", told, "next", next);
        }
    }

    default String text(Words words) {
        return switch (this) {
            case Entered t -> t.node() + "> " + t.text();
            case Hop h -> words.say(h.say());
            case Took t -> words.say(t.say());
            case Failed f -> f.sentences(words);
            case Answer a ->
                a.line().kind() == Shown.Kind.MORE
                        ? words.say("console.more", "n", a.line().text())
                        : a.line().indent() + a.line().text();
        };
    }

    /** The name of its style. */
    default String style() {
        return "typed-"
                + switch (this) {
                    case Entered t -> "line";
                    case Hop h -> "hop";
                    case Took t -> "took";
                    case Failed f -> "failed";
                    case Answer a -> a.line().kind().name().toLowerCase(Locale.ROOT);
                };
    }
}
