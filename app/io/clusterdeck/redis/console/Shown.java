package io.clusterdeck.redis.console;

import io.clusterdeck.redis.link.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A reply as lines for the eye, of bounded size: text in quotes with what cannot be seen escaped, numbers marked, lists numbered and
 * nested as redis-cli prints them.
 */
public final class Shown {

    /** A line, and what it is. */
    public record Line(String indent, String text, Kind kind) {}

    /** How a line is painted. */
    public enum Kind {
        TEXT,
        NUMBER,
        NIL,
        ERROR,
        /** Bytes that are no text. */
        BINARY,
        /** A list of nothing. */
        EMPTY,
        /** That there is more. */
        MORE
    }

    /** Of one reply. */
    public static final int LINES = 2_000;

    /** Of one text. */
    public static final int CHARACTERS = 4_000;

    private final List<Line> lines = new ArrayList<>();
    private int left;

    private Shown() {}

    public static List<Line> of(Reply reply) {
        var shown = new Shown();
        shown.add(reply, "");
        if (shown.left > 0) {
            shown.lines.add(new Line("", Integer.toString(shown.left), Kind.MORE));
        }
        return List.copyOf(shown.lines);
    }

    private void add(Reply reply, String indent) {
        if (lines.size() >= LINES) {
            left++;
            return;
        }
        switch (reply) {
            case Reply.Text t -> text(t.value(), indent);
            case Reply.Binary b -> lines.add(new Line(indent, cut(escaped(b.bytes(), true)), Kind.BINARY));
            case Reply.Number n -> lines.add(new Line(indent, "(integer) " + n.value(), Kind.NUMBER));
            case Reply.Nil nil -> lines.add(new Line(indent, "(nil)", Kind.NIL));
            case Reply.Refused r -> lines.add(new Line(indent, "(error) " + cut(r.message()), Kind.ERROR));
            case Reply.Many m -> many(m, indent);
        }
    }

    /** A text of several lines, such as INFO's, is shown as it is; any other in quotes. */
    private void text(String value, String indent) {
        if (value.contains("\n") && printable(value)) {
            for (var line : value.split("\r?\n", -1)) {
                if (lines.size() >= LINES) {
                    left++;
                } else {
                    lines.add(new Line(indent, cut(line), Kind.TEXT));
                }
            }
        } else {
            lines.add(new Line(indent, cut(escaped(value, false)), Kind.TEXT));
        }
    }

    private void many(Reply.Many m, String indent) {
        if (m.items().isEmpty()) {
            lines.add(new Line(indent, "(empty)", Kind.EMPTY));
            return;
        }
        int digits = Integer.toString(m.items().size()).length();
        for (int i = 0; i < m.items().size(); i++) {
            var number = String.format(Locale.ROOT, "%" + digits + "d) ", i + 1);
            var prefix = (i == 0 ? indent : blank(indent)) + number;
            int before = lines.size();
            add(m.items().get(i), prefix);
            // only the first line of a text of several has the number
            for (int n = before + 1; n < lines.size(); n++) {
                var line = lines.get(n);
                if (line.indent().equals(prefix)) {
                    lines.set(n, new Line(blank(prefix), line.text(), line.kind()));
                }
            }
        }
    }

    private static String blank(String text) {
        return " ".repeat(text.length());
    }

    private static boolean printable(String text) {
        return text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t');
    }

    /** @param bytes whether each character stands for one byte */
    private static String escaped(String text, boolean bytes) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length() && out.length() <= CHARACTERS; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c < ' ' || c == 127 || bytes && c > 127) {
                        out.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    private static String cut(String text) {
        return text.length() > CHARACTERS ? text.substring(0, CHARACTERS) + "…" : text;
    }
}
