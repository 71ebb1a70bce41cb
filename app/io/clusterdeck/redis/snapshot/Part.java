package io.clusterdeck.redis.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SayJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A place in a document that is read: hands out what is expected there, or says what was. */
record Part(JsonNode node, String place) {

    /** Something else stands there. */
    static final class Wrong extends Exception {
        private final String place;
        private final transient Say expected;

        Wrong(String place, Say expected) {
            super(place + ": " + expected);
            this.place = place.isEmpty() ? "–" : place;
            this.expected = expected;
        }

        String place() {
            return place;
        }

        Say expected() {
            return expected;
        }
    }

    private String at(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    Part part(String name) {
        return new Part(node.path(name), at(name));
    }

    /** Empty when it is missing or null. */
    Optional<Part> maybe(String name) {
        var there = node.path(name);
        return there.isMissingNode() || there.isNull() ? Optional.empty() : Optional.of(part(name));
    }

    List<Part> list(String name) throws Wrong {
        var list = node.path(name);
        if (!list.isArray()) {
            throw new Wrong(at(name), Say.of("snapshot.expected.list"));
        }
        var parts = new ArrayList<Part>();
        for (int i = 0; i < list.size(); i++) {
            parts.add(new Part(list.get(i), at(name) + "[" + i + "]"));
        }
        return parts;
    }

    String text(String name) throws Wrong {
        return part(name).text();
    }

    String text() throws Wrong {
        if (!node.isTextual()) {
            throw new Wrong(place, Say.of("snapshot.expected.text"));
        }
        return plain();
    }

    /** Its text without control characters. */
    String plain() {
        return plain(node.asText());
    }

    static String plain(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || bidi(c) ? '\ufffd' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Characters that turn the direction of what follows (Unicode Standard Annex 9): a name must not rewrite its line. */
    private static boolean bidi(int c) {
        return c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }

    Optional<String> maybeText(String name) throws Wrong {
        var part = maybe(name);
        return part.isEmpty() ? Optional.empty() : Optional.of(part.get().text());
    }

    long number(String name) throws Wrong {
        var number = node.path(name);
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
            throw new Wrong(at(name), Say.of("snapshot.expected.number"));
        }
        return number.longValue();
    }

    int within(String name, int most) throws Wrong {
        long number = number(name);
        if (number > most) {
            throw new Wrong(at(name), Say.of("snapshot.expected.most", "most", most));
        }
        return (int) number;
    }

    boolean flag(String name) throws Wrong {
        if (!node.path(name).isBoolean()) {
            throw new Wrong(at(name), Say.of("snapshot.expected.flag"));
        }
        return node.path(name).booleanValue();
    }

    Instant instant(String name) throws Wrong {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException odd) {
            throw (Wrong) new Wrong(at(name), Say.of("snapshot.expected.time")).initCause(odd);
        }
    }

    /** One of the values, in lower case. */
    <E extends Enum<E>> E word(String name, E[] values) throws Wrong {
        var word = text(name);
        for (var value : values) {
            if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
                return value;
            }
        }
        throw new Wrong(
                at(name),
                Say.of(
                        "snapshot.expected.word",
                        "words",
                        java.util.Arrays.stream(values)
                                .map(v -> v.name().toLowerCase(Locale.ROOT))
                                .toList()));
    }

    Map<String, String> map(String name) throws Wrong {
        var map = new LinkedHashMap<String, String>();
        var object = node.path(name);
        if (!object.isObject()) {
            throw new Wrong(at(name), Say.of("snapshot.expected.object"));
        }
        for (var entry : object.properties()) {
            map.put(plain(entry.getKey()), new Part(entry.getValue(), at(name) + "." + entry.getKey()).text());
        }
        return map;
    }

    Say say() throws Wrong {
        try {
            return plain(SayJson.read(node));
        } catch (IllegalArgumentException odd) {
            throw (Wrong) new Wrong(place, Say.of("snapshot.expected.say")).initCause(odd);
        }
    }

    private static Say plain(Say say) {
        var args = new LinkedHashMap<String, Object>();
        say.args().forEach((name, value) -> args.put(name, plain(value)));
        return new Say(plain(say.key()), args);
    }

    private static Object plain(Object value) {
        return switch (value) {
            case String text -> plain(text);
            case Say say -> plain(say);
            case List<?> list -> list.stream().map(Part::plain).toList();
            default -> value;
        };
    }
}
