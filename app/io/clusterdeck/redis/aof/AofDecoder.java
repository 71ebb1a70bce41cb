package io.clusterdeck.redis.aof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the commands of an append-only file, or of a piece of one, and never gives up: what it can't read it names with its place and
 * goes on at the next whole command. Pure.
 *
 * <p>Commands are RESP arrays of bulk strings (catAppendOnlyGenericCommand in aof.c); 7.0 adds lines {@code #TS:…}; a file may begin
 * with an RDB ({@code REDIS}), whose end is known by its checksum.
 */
public final class AofDecoder {
    /** What lies at {@code at}, {@code length} bytes long. */
    public sealed interface Item {
        long at();

        long length();
    }

    /** @param words its name and arguments */
    public record Command(long at, long length, List<byte[]> words) implements Item {
        /** As a person can read it: at most {@code width} characters a word, bytes that are no text as {@code \xNN}. */
        public String shown(int width) {
            return AofDecoder.shown(words, width);
        }
    }

    /** A line that begins with {@code #}. */
    public record Annotation(long at, long length, String text) implements Item {}

    /** An RDB at the beginning; {@code whole} when its end was found. */
    public record Preamble(long at, long length, boolean whole) implements Item {}

    /**
     * Bytes that are no whole command.
     *
     * @param words of a command that the end of the data cut off, as far as they go
     */
    public record Broken(long at, long length, List<byte[]> words) implements Item {
        /** The words that are there, then the length of it all: {@code SET k "val…" ⟨43 B⟩}. */
        public String shown(int width) {
            return (words.isEmpty() ? "" : AofDecoder.shown(words, width) + "… ") + "⟨" + length + " B⟩";
        }
    }

    /** proto-max-bulk-len's default; longer is damage. */
    private static final long LONGEST_WORD = 512L << 20;

    private static final long MOST_WORDS = 1L << 20;

    private final byte[] data;
    private int p;

    private AofDecoder(byte[] data) {
        this.data = data;
    }

    /** At most {@code limit} items from the beginning of these bytes; together they cover all bytes before the next one. */
    public static List<Item> decode(byte[] data, int limit) {
        var decoder = new AofDecoder(data);
        var items = new ArrayList<Item>();
        while (decoder.p < data.length && items.size() < limit) {
            items.add(decoder.item());
        }
        return items;
    }

    private Item item() {
        int at = p;
        if (at == 0 && startsWith("REDIS")) {
            int end = rdbEnd();
            p = end < 0 ? data.length : end;
            return new Preamble(0, p, end >= 0);
        }
        if (data[at] == '#') {
            int end = lineEnd(at);
            if (end >= 0) {
                p = end;
                return new Annotation(at, end - at, new String(data, at, end - at, StandardCharsets.UTF_8).strip());
            }
        }
        var command = command(at);
        if (command != null) {
            p = at + (int) command.length();
            return command;
        }
        p = at + 1;
        while (p < data.length && !(data[p] == '*' && command(p) != null)) {
            p++;
        }
        var begun = new ArrayList<byte[]>();
        if (p == data.length) {
            command(at, begun);
        }
        return new Broken(at, p - at, begun);
    }

    private @org.jspecify.annotations.Nullable Command command(int at) {
        return command(at, new ArrayList<>());
    }

    /** The whole command at a place, or null; {@code words} gets those that are there, the last as far as the data goes. */
    private @org.jspecify.annotations.Nullable Command command(int at, List<byte[]> words) {
        var cursor = new int[] {at};
        long count = number(cursor, '*');
        if (count < 1 || count > MOST_WORDS) {
            return null;
        }
        for (long i = 0; i < count; i++) {
            long length = number(cursor, '$');
            if (length < 0 || length > LONGEST_WORD) {
                return null;
            }
            if (length > data.length - cursor[0] - 2L) {
                words.add(
                        java.util.Arrays.copyOfRange(data, cursor[0], (int) Math.min(data.length, cursor[0] + length)));
                return null;
            }
            int from = cursor[0];
            int end = from + (int) length;
            if (data[end] != '\r' || data[end + 1] != '\n') {
                return null;
            }
            words.add(java.util.Arrays.copyOfRange(data, from, end));
            cursor[0] = end + 2;
        }
        return new Command(at, cursor[0] - at, words);
    }

    /** The number of a line such as {@code *3\r\n}, −1 when there is none; moves the cursor behind the line. */
    private long number(int[] cursor, char mark) {
        int i = cursor[0];
        if (i >= data.length || data[i++] != mark) {
            return -1;
        }
        long n = 0;
        int digits = 0;
        while (i < data.length && data[i] >= '0' && data[i] <= '9' && digits < 10) {
            n = n * 10 + data[i++] - '0';
            digits++;
        }
        if (digits == 0 || i + 1 >= data.length || data[i] != '\r' || data[i + 1] != '\n') {
            return -1;
        }
        cursor[0] = i + 2;
        return n;
    }

    private boolean startsWith(String text) {
        return data.length >= text.length()
                && new String(data, 0, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    private int lineEnd(int from) {
        for (int i = from; i + 1 < data.length; i++) {
            if (data[i] == '\r' && data[i + 1] == '\n') {
                return i + 2;
            }
        }
        return -1;
    }

    /**
     * Where the RDB at the beginning ends, −1 when it does not. It ends by 0xFF and its checksum (rdbSaveRio in rdb.c), little-endian,
     * over all before; a zero stands for none (rdbchecksum no) and counts only before a command or the end.
     */
    private int rdbEnd() {
        long crc = 0;
        for (int i = 0; i + 8 < data.length; i++) {
            crc = Crc64.next(crc, data[i]);
            if (data[i] == (byte) 0xff) {
                long told = 0;
                for (int b = 8; b >= 1; b--) {
                    told = told << 8 | data[i + b] & 0xff;
                }
                int end = i + 9;
                boolean none = told == 0 && (end == data.length || data[end] == '*' || data[end] == '#');
                if (told != 0 && told == crc || none) {
                    return end;
                }
            }
        }
        return -1;
    }

    private static String shown(List<byte[]> words, int width) {
        var text = new StringBuilder();
        for (var word : words) {
            text.append(text.isEmpty() ? "" : " ").append(text(word, width));
        }
        return text.toString();
    }

    /** Bytes as text within quotes, only where they need any. */
    private static String text(byte[] word, int width) {
        var text = new StringBuilder();
        var decoded = new String(word, StandardCharsets.UTF_8);
        boolean utf8 = java.util.Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), word);
        boolean plain = utf8 && !decoded.isEmpty();
        for (int i = 0, n = utf8 ? decoded.length() : word.length; i < n && text.length() <= width; i++) {
            char c = utf8 ? decoded.charAt(i) : (char) (word[i] & 0xff);
            boolean shown = c >= ' ' && c != 0x7f && (utf8 || c < 0x7f);
            plain &= shown && c != ' ' && c != '"' && c != '\\';
            text.append(
                    c == '"' || c == '\\'
                            ? "\\" + c
                            : c == '\n' ? "\\n" : c == '\r' ? "\\r" : shown ? c : "\\x%02x".formatted((int) c));
        }
        if (text.length() > width) {
            text.setLength(width);
            text.append('…');
        }
        return plain ? text.toString() : "\"" + text + "\"";
    }
}
