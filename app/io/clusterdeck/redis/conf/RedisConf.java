package io.clusterdeck.redis.conf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A redis.conf that is edited in place: comments, order, blank lines, line ends and encoding stay; what is not edited stays byte for byte.
 * Immutable.
 */
public final class RedisConf implements ConfLines {

    /** Directives of which every line counts; of all others Redis obeys the last line. */
    private static final Set<String> REPEATED =
            Set.of("save", "rename-command", "client-output-buffer-limit", "user", "include", "loadmodule");

    /** A line with a value, commented out or not. */
    private static final Pattern VALUED = Pattern.compile("(?s)(?<before>[\\s#]*)(?<name>\\S+)\\s+(?<first>\\S+).*");

    /** Each line with its end, one char a byte. */
    private final List<String> lines;

    private RedisConf(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    public static RedisConf of(byte[] file) {
        var text = new String(file, StandardCharsets.ISO_8859_1);
        var lines = new ArrayList<String>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            lines.add(text.substring(from, end + 1));
            from = end + 1;
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return new RedisConf(lines);
    }

    public byte[] bytes() {
        return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * A line that says something.
     *
     * @param line counted from 1
     * @param name in small letters
     */
    public record Statement(int line, String name, List<String> arguments) {}

    /** All that it says, in order. */
    public List<Statement> statements() {
        var all = new ArrayList<Statement>();
        for (int i = 0; i < lines.size(); i++) {
            var words = words(lines.get(i));
            if (!words.isEmpty()) {
                all.add(new Statement(
                        i + 1, words.getFirst().toLowerCase(Locale.ROOT), List.copyOf(words.subList(1, words.size()))));
            }
        }
        return all;
    }

    /** The directives that it names, in small letters. */
    public Set<String> names() {
        return statements().stream().map(Statement::name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public boolean whole() {
        return all("include").isEmpty();
    }

    @Override
    public List<List<String>> all(String directive) {
        return where(directive)
                .mapToObj(i -> words(lines.get(i)))
                .map(w -> w.subList(1, w.size()))
                .toList();
    }

    /** The arguments that count: those of its last line. */
    public Optional<List<String>> last(String directive) {
        var all = all(directive);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /**
     * Sets a directive to these lines of arguments: lines that say so already stay untouched, others are replaced where they stand; a new
     * one goes behind its commented-out example, or to the end. Of a directive that Redis obeys once, only the last line is touched.
     */
    public RedisConf set(String directive, List<List<String>> values) {
        if (values.isEmpty()) {
            return without(directive);
        }
        var at = new ArrayList<>(where(directive).boxed().toList());
        if (!REPEATED.contains(directive.toLowerCase(Locale.ROOT)) && !at.isEmpty()) {
            at = new ArrayList<>(List.of(at.getLast()));
        }
        var now = at.stream()
                .map(i -> words(lines.get(i)))
                .map(w -> w.subList(1, w.size()))
                .toList();
        if (now.equals(values)) {
            return this;
        }
        var edited = new ArrayList<>(lines);
        int behind = at.isEmpty() ? example(directive) : at.getLast();
        for (int i = values.size() - 1; i >= at.size(); i--) {
            insert(edited, behind + 1, line(directive, values.get(i)));
        }
        for (int i = at.size() - 1; i >= 0; i--) {
            int line = at.get(i);
            if (i >= values.size()) {
                edited.remove(line);
            } else if (!now.get(i).equals(values.get(i))) {
                edited.set(line, line(directive, values.get(i)) + end(lines.get(line)));
            }
        }
        return new RedisConf(edited);
    }

    /** {@link #set} with one line. */
    public RedisConf set(String directive, String... arguments) {
        return set(directive, List.of(List.of(arguments)));
    }

    /** The lines of that user let in with this password only; without such a line nothing changes. */
    public RedisConf letting(String user, String password) {
        return UserLines.with(this, user, password);
    }

    /** Without any line of a directive; comments stay. */
    public RedisConf without(String directive) {
        var drop = where(directive).boxed().toList();
        return drop.isEmpty()
                ? this
                : new RedisConf(IntStream.range(0, lines.size())
                        .filter(i -> !drop.contains(i))
                        .mapToObj(lines::get)
                        .toList());
    }

    /**
     * For the eye: values of secrets are masked, also where a line is commented out or Redis would refuse it, and so are the words by which
     * renamed commands are known.
     */
    public String shown() {
        return lines.stream().map(RedisConf::shown).collect(Collectors.joining());
    }

    /** Likewise, only the lines that say something. */
    public String said() {
        return lines.stream()
                .filter(l -> !words(l).isEmpty())
                .map(RedisConf::shown)
                .collect(Collectors.joining());
    }

    private static String shown(String line) {
        var raw = VALUED.matcher(line);
        if (!raw.matches()) {
            return ConfWords.unicode(line);
        }
        var words = words(line);
        var name = words.isEmpty() ? raw.group("name").replaceAll("[\"']", "") : words.getFirst();
        if (Directive.secret(name)) {
            return raw.group("before") + name + " " + Directive.MASK + end(line);
        }
        boolean off = words.size() == 3 && words.getLast().isEmpty();
        return name.equalsIgnoreCase("rename-command") && !off
                ? raw.group("before") + name + " " + raw.group("first") + " " + Directive.MASK + end(line)
                : ConfWords.unicode(line);
    }

    private IntStream where(String directive) {
        return IntStream.range(0, lines.size()).filter(i -> {
            var words = words(lines.get(i));
            return !words.isEmpty() && words.getFirst().equalsIgnoreCase(directive);
        });
    }

    /** The words of a line that says something; none for comments, blank lines and lines that Redis would refuse. */
    private static List<String> words(String line) {
        var trimmed = line.strip();
        return trimmed.isEmpty() || trimmed.startsWith("#")
                ? List.of()
                : ConfWords.split(trimmed).orElse(List.of());
    }

    /** The last line of the form {@code # directive …}, else the last line of the file; -1 in an empty file. */
    private int example(String directive) {
        int found = lines.size() - 1;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.startsWith("# " + directive + " ") || line.equals("# " + directive)) {
                found = i;
            }
        }
        return found;
    }

    private void insert(List<String> edited, int at, String line) {
        var end = lines.isEmpty() ? "\n" : end(lines.getFirst());
        if (at > 0 && end(edited.get(at - 1)).isEmpty()) {
            edited.set(at - 1, edited.get(at - 1) + (end.isEmpty() ? "\n" : end));
        }
        edited.add(at, line + (end.isEmpty() ? "\n" : end));
    }

    private static String line(String directive, List<String> arguments) {
        return arguments.isEmpty() ? directive : directive + " " + ConfWords.join(arguments);
    }

    private static String end(String line) {
        return line.endsWith("\r\n") ? "\r\n" : line.endsWith("\n") ? "\n" : "";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RedisConf conf && conf.lines.equals(lines);
    }

    @Override
    public int hashCode() {
        return lines.hashCode();
    }

    @Override
    public String toString() {
        return shown();
    }
}
