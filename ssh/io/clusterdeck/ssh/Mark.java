package io.clusterdeck.ssh;

import io.clusterdeck.say.Say;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A marked line, {@code ::NONCE word value…}: what the wrapper and lib/marks.sh tell this program. */
record Mark(String word, List<String> values) {

    /** The mark in a line and where it starts there: output without a newline may come before it. */
    record Found(String before, Mark mark) {}

    static Optional<Found> in(String line, String nonce) {
        int at = line.indexOf("::" + nonce + " ");
        if (at < 0) {
            return Optional.empty();
        }
        var parts = line.substring(at + nonce.length() + 3).split(" ", -1);
        var values = Arrays.stream(parts).skip(1).map(Mark::decoded).toList();
        return Optional.of(new Found(line.substring(0, at), new Mark(parts[0], values)));
    }

    String value(int i) {
        return i < values.size() ? values.get(i) : "";
    }

    /** 0 to 100; −1 when that value is no such number. */
    int percent(int i) {
        var value = value(i);
        return value.matches("[0-9]{1,3}") ? Math.min(100, Integer.parseInt(value)) : -1;
    }

    /** The values from {@code i} on as a Say: its key and its {@code name=value} arguments; nothing when there is no key. */
    Optional<Say> say(int i) {
        if (value(i).isEmpty()) {
            return Optional.empty();
        }
        var args = new LinkedHashMap<String, Object>();
        for (var arg : values.subList(i + 1, values.size())) {
            int eq = arg.indexOf('=');
            args.put(eq < 0 ? arg : arg.substring(0, eq), eq < 0 ? "" : number(arg.substring(eq + 1)));
        }
        return Optional.of(new Say(value(i), args));
    }

    /** Whole numbers as numbers, so that words can say {@code {n:bytes}}; only where nothing of the text is lost. */
    private static Object number(String text) {
        return text.matches("0|-?[1-9][0-9]{0,17}") ? (Object) Long.valueOf(text) : text;
    }

    /** {@code %XX} back to the character; lib/marks.sh writes only % and white space so. */
    static String decoded(String value) {
        int percent = value.indexOf('%');
        if (percent < 0) {
            return value;
        }
        var out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%' && i + 2 < value.length()) {
                out.append((char) Integer.parseInt(value, i + 1, i + 3, 16));
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
