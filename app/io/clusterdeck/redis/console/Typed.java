package io.clusterdeck.redis.console;

import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A command as it was typed, split into its words as redis-cli splits them: {@code "a b\n\x41"} with escapes, {@code 'a b'} without but
 * for {@code \'}.
 */
public record Typed(List<String> words) {

    private static final Set<String> SECRET_SETTINGS =
            Set.of("requirepass", "masterauth", "primaryauth", "tls-key-file-pass", "tls-client-key-file-pass");

    public Typed {
        words = List.copyOf(words);
    }

    /** Fails where quotes are not closed, or what they hold is no text. */
    public static Typed read(String line) throws NotAllowed {
        var words = new ArrayList<String>();
        int i = 0;
        while (true) {
            while (i < line.length() && Character.isWhitespace(line.charAt(i))) {
                i++;
            }
            if (i == line.length()) {
                return new Typed(words);
            }
            var word = new Word(line, i);
            words.add(word.read());
            i = word.at;
        }
    }

    public boolean empty() {
        return words.isEmpty();
    }

    /** The nth word in capitals; empty when there is none. */
    public String upper(int n) {
        return n < words.size() ? words.get(n).toUpperCase(Locale.ROOT) : "";
    }

    public String[] array() {
        return words.toArray(String[]::new);
    }

    /** Whether it holds, or may hold, a secret: such a line is not kept, and not shown whole. */
    public boolean secret() {
        return switch (upper(0)) {
            case "AUTH" -> true;
            case "HELLO", "MIGRATE" ->
                words.stream()
                        .map(w -> w.toUpperCase(Locale.ROOT))
                        .anyMatch(w -> w.equals("AUTH") || w.equals("AUTH2"));
            case "ACL" -> upper(1).equals("SETUSER");
            // CONFIG, or whatever it was renamed to
            default ->
                upper(1).equals("SET")
                        && words.stream().anyMatch(w -> SECRET_SETTINGS.contains(w.toLowerCase(Locale.ROOT)));
        };
    }

    /** For an audit or a screen: as typed, or its name only where it holds a secret; cut at 200 characters. */
    public String shown() {
        if (secret()) {
            return upper(0) + (words.size() > 1 && !upper(0).equals("AUTH") ? " " + upper(1) : "") + " ***";
        }
        var all = String.join(" ", words.stream().map(Typed::quoted).toList());
        return all.length() > 200 ? all.substring(0, 199) + "…" : all;
    }

    private static String quoted(String word) {
        return word.isEmpty() || word.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '\'')
                ? "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\""
                : word;
    }

    /** One word, from its first character on. */
    private static final class Word {
        private final String line;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int at;

        Word(String line, int from) {
            this.line = line;
            this.at = from;
        }

        String read() throws NotAllowed {
            while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
                switch (line.charAt(at)) {
                    case '"' -> doubled();
                    case '\'' -> single();
                    default -> plain();
                }
            }
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes.toByteArray()))
                        .toString();
            } catch (CharacterCodingException binary) {
                throw new NotAllowed(Say.of("console.binary"), Say.of("console.binary.next"));
            }
        }

        private void plain() {
            int c = line.codePointAt(at);
            bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            at += Character.charCount(c);
        }

        private void doubled() throws NotAllowed {
            at++;
            while (at < line.length()) {
                char c = line.charAt(at);
                if (c == '"') {
                    at++;
                    closed();
                    return;
                }
                if (c == '\\' && at + 1 < line.length()) {
                    escape();
                } else {
                    plain();
                }
            }
            throw unclosed();
        }

        private void escape() {
            char c = line.charAt(at + 1);
            if (c == 'x'
                    && at + 3 < line.length()
                    && line.substring(at + 2, at + 4).matches("[0-9a-fA-F]{2}")) {
                bytes.write(Integer.parseInt(line.substring(at + 2, at + 4), 16));
                at += 4;
                return;
            }
            at++;
            switch (c) {
                case 'n' -> bytes.write('\n');
                case 'r' -> bytes.write('\r');
                case 't' -> bytes.write('\t');
                case 'b' -> bytes.write('\b');
                case 'a' -> bytes.write(7);
                default -> {
                    plain();
                    return;
                }
            }
            at++;
        }

        private void single() throws NotAllowed {
            at++;
            while (at < line.length()) {
                if (line.charAt(at) == '\'') {
                    at++;
                    closed();
                    return;
                }
                if (line.startsWith("\\'", at)) {
                    at++;
                }
                plain();
            }
            throw unclosed();
        }

        /** A closing quote ends the word. */
        private void closed() throws NotAllowed {
            if (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
                throw unclosed();
            }
        }

        private static NotAllowed unclosed() {
            return new NotAllowed(Say.of("console.quotes"), Say.of("console.quotes.next"));
        }
    }
}
