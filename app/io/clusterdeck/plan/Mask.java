package io.clusterdeck.plan;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Secret;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps the secrets that a run knows out of all that it tells and writes. Safe for use by many threads. */
final class Mask {

    /** Shorter ones would make any text unreadable, and show by that what they are. */
    private static final int SHORTEST = 4;

    /** A shorter value that equals a secret may be another thing: the password {@code redis} and the user {@code redis}. */
    private static final int EQUAL = 8;

    /** Likewise within a longer value: the password {@code clusterdeck} is no leak in {@code /opt/clusterdeck}. */
    private static final int WITHIN = 16;

    private final Set<Secret> secrets = ConcurrentHashMap.newKeySet();

    Mask(Collection<Secret> known) {
        known.forEach(this::know);
    }

    void know(Secret secret) {
        secrets.add(secret);
    }

    String text(String text) {
        for (var secret : secrets) {
            var clear = secret.reveal();
            if (clear.length() >= SHORTEST && text.contains(clear)) {
                text = text.replace(clear, secret.toString());
            }
        }
        return text;
    }

    Line line(Line line) {
        return switch (line) {
            case Line.Text t -> new Line.Text(text(t.text()), t.error());
            case Line.Progress p -> new Line.Progress(p.percent(), text(p.what()));
            case Line.Said s -> new Line.Said(say(s.say()));
            case Line.Busy b -> new Line.Busy(say(b.say()));
        };
    }

    Say say(Say say) {
        var args = new LinkedHashMap<String, Object>();
        say.args().forEach((name, value) -> args.put(name, value(value)));
        return new Say(say.key(), args);
    }

    private Object value(Object value) {
        return switch (value) {
            case String s -> text(s);
            case Say s -> say(s);
            case List<?> list -> list.stream().map(this::value).toList();
            default -> value;
        };
    }

    /** Whether a step's data, commands or edits hold a secret: then the plan must not be written down at all. */
    boolean leaks(Step step) {
        return leaks(step.spec().args())
                || step.commands().stream().anyMatch(this::leaks)
                || step.edits().stream().anyMatch(e -> leaks(e.before()) || leaks(e.after()));
    }

    private boolean leaks(Map<String, String> args) {
        return args.values().stream().anyMatch(this::leaks);
    }

    private boolean leaks(@Nullable String value) {
        return value != null
                && secrets.stream()
                        .map(Secret::reveal)
                        .anyMatch(clear -> clear.length() >= EQUAL && value.equals(clear)
                                || clear.length() >= WITHIN && value.contains(clear));
    }
}
