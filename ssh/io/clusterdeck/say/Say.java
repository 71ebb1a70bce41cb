package io.clusterdeck.say;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something to tell the operator, as a key and named arguments; views and cli turn it into words.
 * Arguments are strings, numbers, booleans, other Says or lists of these, so that a Say survives a journal.
 */
public record Say(String key, Map<String, Object> args) {

    public Say {
        args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
    }

    /** {@code Say.of("ssh.unreachable", "host", name, "port", 22)}; of an exception the reason is kept, of anything else that is no number, boolean, Say or list its text. */
    public static Say of(String key, Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value for " + key);
        }
        var args = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            args.put((String) namesAndValues[i], plain(namesAndValues[i + 1]));
        }
        return new Say(key, args);
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Number n -> n;
            case Boolean b -> b;
            case Say s -> s;
            case Throwable why -> Reason.of(why);
            case java.util.List<?> list -> list.stream().map(Say::plain).toList();
            default -> value.toString();
        };
    }

    @Override
    public String toString() {
        return args.isEmpty() ? key : key + args;
    }
}
