package io.clusterdeck.ssh;

import java.util.regex.Pattern;

/** What a host prints, as text for the eye: it may colour nothing, move no cursor, and command no terminal of the operator's. */
public final class Printable {

    /** Control functions of ECMA-48: control sequences, strings (as those that set a title), escape sequences; then lone control characters but for the tab. */
    private static final Pattern CONTROL = Pattern.compile("(?:\u001b\\[|\u009b)[0-?]*[ -/]*[@-~]?"
            + "|(?:\u001b[P\\]X^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\\\|\u009c)?"
            + "|\u001b[ -/]*[0-~]?"
            + "|[\\x00-\\x08\\x0a-\\x1f\\x7f-\u009f]");

    private Printable() {}

    /** The line without control characters and what belongs to them. */
    public static String of(String line) {
        return line.chars().anyMatch(Printable::controls)
                ? CONTROL.matcher(line).replaceAll("")
                : line;
    }

    private static boolean controls(int c) {
        return c < ' ' && c != '\t' || c >= 0x7f && c < 0xa0;
    }
}
