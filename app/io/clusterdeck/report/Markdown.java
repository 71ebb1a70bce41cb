package io.clusterdeck.report;

/** Texts of others within Markdown, where they mean nothing but themselves. */
public final class Markdown {

    /** What could mean something in Markdown, in a table or in HTML within it. */
    private static final String SPECIAL = "\\`*_{}[]()<>#+-.!|~&@:$^=\"'";

    private Markdown() {}

    /** Text as text: emphasis of ours is left out, and what could be markup is escaped (https://spec.commonmark.org/0.31.2/#backslash-escapes). */
    public static String escaped(String text) {
        var safe = new StringBuilder();
        Plain.line(Plain.words(text)).codePoints().forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '&' -> safe.append("&amp;");
                case '|' -> safe.append("&#124;");
                // no sender and no issue is to be called by a report
                case '@' -> safe.append("&#64;");
                default -> {
                    if (risky(c)) {
                        safe.append('\\');
                    }
                    safe.appendCodePoint(c);
                }
            }
        });
        return safe.toString();
    }

    /** Words of ours with their emphasis: {@code ⟨strong⟩} is bold, {@code ⟪monospaced⟫} is code. */
    public static String words(String marked) {
        var out = new StringBuilder();
        int from = 0;
        String end = "";
        for (int i = 0; i <= marked.length(); i++) {
            char c = i < marked.length() ? marked.charAt(i) : '⟩';
            if (c != '⟨' && c != '⟪' && c != '⟩' && c != '⟫') {
                continue;
            }
            var part = marked.substring(from, i);
            out.append(end.equals("`") ? Plain.line(part).replace('`', '\'') : escaped(part))
                    .append(end);
            end = c == '⟨' ? "**" : c == '⟪' ? "`" : "";
            if (i < marked.length()) {
                out.append(end);
            }
            from = i + 1;
        }
        return out.toString();
    }

    /** Dots, hyphens and brackets between words are left alone, for people who read the source; the line never begins with one. */
    private static boolean risky(int c) {
        return SPECIAL.indexOf(c) >= 0 && ".,-:()'\"=".indexOf(c) < 0;
    }
}
