package io.clusterdeck.redis.conf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The words of a line of redis.conf, split and quoted as Redis does ({@code sdssplitargs} in sds.c, 6.2.3). Words are Unicode here and
 * UTF-8 in the file; a line is given as its bytes, one char each (ISO 8859-1), since Redis knows no encoding.
 */
public final class ConfWords {

    private static final String BLANKS = " \n\r\t\u000b\f";

    private ConfWords() {}

    /** The words of a line, or nothing where a quote is not closed or something follows it, which Redis refuses. */
    static Optional<List<String>> split(String line) {
        var words = new ArrayList<String>();
        int p = 0;
        while (true) {
            while (p < line.length() && BLANKS.indexOf(line.charAt(p)) >= 0) {
                p++;
            }
            if (p >= line.length()) {
                return Optional.of(words);
            }
            var word = new StringBuilder();
            p = word(line, p, word);
            if (p < 0) {
                return Optional.empty();
            }
            words.add(unicode(word.toString()));
        }
    }

    /** The words of a value as an operator writes it behind a directive, in Unicode. */
    public static Optional<List<String>> words(String text) {
        return split(bytes(text));
    }

    /** Reads one word from {@code p}; answers the position behind it, or -1. */
    private static int word(String line, int p, StringBuilder word) {
        while (p < line.length() && " \n\r\t".indexOf(line.charAt(p)) < 0) {
            char c = line.charAt(p);
            if (c == '"' || c == '\'') {
                p = c == '"' ? doubleQuoted(line, p + 1, word) : singleQuoted(line, p + 1, word);
                return p < 0 || p < line.length() && BLANKS.indexOf(line.charAt(p)) < 0 ? -1 : p;
            }
            word.append(c);
            p++;
        }
        return p;
    }

    private static int doubleQuoted(String line, int p, StringBuilder word) {
        for (; p < line.length(); p++) {
            char c = line.charAt(p);
            if (c == '"') {
                return p + 1;
            }
            if (c != '\\' || p + 1 >= line.length()) {
                word.append(c);
            } else if (line.startsWith("x", p + 1) && hex(line, p + 2) >= 0 && hex(line, p + 3) >= 0) {
                word.append((char) (hex(line, p + 2) * 16 + hex(line, p + 3)));
                p += 3;
            } else {
                char escaped = line.charAt(++p);
                int special = "nrtba".indexOf(escaped);
                word.append(special < 0 ? escaped : "\n\r\t\b\u0007".charAt(special));
            }
        }
        return -1;
    }

    private static int singleQuoted(String line, int p, StringBuilder word) {
        for (; p < line.length(); p++) {
            if (line.startsWith("\\'", p)) {
                word.append('\'');
                p++;
            } else if (line.charAt(p) == '\'') {
                return p + 1;
            } else {
                word.append(line.charAt(p));
            }
        }
        return -1;
    }

    private static int hex(String line, int p) {
        return p < line.length() && line.charAt(p) < 128 ? Character.digit(line.charAt(p), 16) : -1;
    }

    /** Words as bytes of a line, each quoted where Redis would else read it otherwise. */
    static String join(List<String> words) {
        return words.stream().map(ConfWords::quote).collect(Collectors.joining(" "));
    }

    /** One word as Redis reads it back; bare where that is safe. */
    static String quote(String word) {
        var bytes = bytes(word);
        boolean bare = !bytes.isEmpty() && bytes.chars().allMatch(c -> c > ' ' && c != 127 && c != '"' && c != '\'');
        // a first word that begins with # would make the line a comment; values never are the first word, but a quoted
        // one is clearer
        if (bare && bytes.charAt(0) != '#') {
            return bytes;
        }
        var quoted = new StringBuilder("\"");
        for (char c : bytes.toCharArray()) {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c == 127) {
                        quoted.append("\\x%02x".formatted((int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** One word as a person would write it into a file. */
    public static String quoted(String word) {
        return unicode(quote(word));
    }

    static String bytes(String unicode) {
        return new String(unicode.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static String unicode(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
