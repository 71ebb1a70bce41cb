package io.clusterdeck.ssh;

import java.util.List;
import java.util.stream.Collectors;

/** The one place where values become words of a POSIX shell (XCU 2.2.2: nothing is special between single quotes but the quote itself). */
public final class Quote {

    private Quote() {}

    /** One word; left bare when it needs no quotes. Any character but NUL. */
    public static String word(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("NUL can't be passed to a program");
        }
        return value.matches("[A-Za-z0-9_@%+=:,./-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
    }

    /** A path as a word that a person can paste: a leading {@code ~/} stays bare, since between quotes it is a mere letter. */
    public static String path(String path) {
        return path.startsWith("~/") && path.length() > 2 ? "~/" + word(path.substring(2)) : word(path);
    }

    /** Several words, with spaces between them. */
    public static String words(List<String> values) {
        return values.stream().map(Quote::word).collect(Collectors.joining(" "));
    }

    /** {@code name=value} on a line of its own, for a script's argument. */
    static String assignment(String name, String value) {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("not a name of a script's argument: " + name);
        }
        return name + "=" + word(value) + "\n";
    }
}
