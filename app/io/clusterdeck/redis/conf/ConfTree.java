package io.clusterdeck.redis.conf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A redis.conf with the files that it includes, read as Redis does ({@code loadServerConfigFromString} in config.c, 6.2.3): an include
 * stands for the lines of its file, a relative name counts from the folder in which the server then is, which {@code dir} changes, and
 * later lines win. Immutable, pure.
 */
public final class ConfTree implements ConfLines {

    /** A line of a file, counted from 1. */
    public record Place(String path, int line) {
        @Override
        public String toString() {
            return path + ":" + line;
        }
    }

    /** A line that says something, and where it stands. */
    public record Line(String name, List<String> arguments, Place at) {}

    private final String main;
    private final String start;
    private final Map<String, RedisConf> files;
    private final Map<String, List<String>> includes;
    private final List<Line> lines = new ArrayList<>();
    private final Set<String> wanted = new LinkedHashSet<>();

    private ConfTree(String main, String start, Map<String, RedisConf> files, Map<String, List<String>> includes) {
        this.main = main;
        this.start = start;
        this.files = files;
        this.includes = includes;
        walk(main, start, new ArrayList<>());
    }

    /**
     * @param path of the file that the server is started with
     * @param start the folder in which it is started
     */
    public static ConfTree of(String path, RedisConf main, String start) {
        return new ConfTree(path, start, Map.of(path, main), Map.of());
    }

    /** Likewise, with the files that one include names, in their order; none where nothing matches. */
    public ConfTree with(String include, Map<String, RedisConf> found) {
        var all = new LinkedHashMap<>(files);
        found.forEach(all::putIfAbsent);
        var known = new LinkedHashMap<>(includes);
        known.put(include, List.copyOf(found.keySet()));
        return new ConfTree(main, start, all, known);
    }

    /** Reads on in the folder that it is given; answers the one in which the server is afterwards. */
    private String walk(String path, String from, List<String> through) {
        var conf = files.get(path);
        if (conf == null || through.contains(path)) {
            return from; // Redis would go round for ever
        }
        var folder = from;
        through.add(path);
        for (var said : conf.statements()) {
            var first = said.arguments().isEmpty() ? "" : said.arguments().getFirst();
            lines.add(new Line(said.name(), said.arguments(), new Place(path, said.line())));
            if (said.name().equals("dir")) {
                folder = below(folder, first);
            } else if (said.name().equals("include") && !first.isEmpty()) {
                var include = below(folder, first);
                var named = includes.get(include);
                if (named == null) {
                    wanted.add(include);
                } else {
                    for (var one : named) {
                        folder = walk(one, folder, through);
                    }
                }
            }
        }
        through.removeLast();
        return folder;
    }

    private static String below(String folder, String path) {
        var plain = path.startsWith("./") ? path.substring(2) : path;
        return path.startsWith("/") ? path : folder.endsWith("/") ? folder + plain : folder + "/" + plain;
    }

    /** The includes whose files are not known yet: absolute, and patterns where they hold {@code * ? [}. */
    public Set<String> wanted() {
        return Set.copyOf(wanted);
    }

    @Override
    public boolean whole() {
        return wanted.isEmpty();
    }

    @Override
    public List<List<String>> all(String directive) {
        return lines(directive).stream().map(Line::arguments).toList();
    }

    /** Every line that says something, as read. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    private List<Line> lines(String directive) {
        return lines.stream().filter(l -> l.name().equalsIgnoreCase(directive)).toList();
    }

    /** The line of a directive that counts. */
    public Optional<Place> place(String directive) {
        var said = lines(directive);
        return said.isEmpty() ? Optional.empty() : Optional.of(said.getLast().at());
    }

    /** The directives that it names, in small letters. */
    public Set<String> names() {
        var names = new TreeSet<String>();
        lines.forEach(l -> names.add(l.name()));
        return names;
    }

    /** Each file once, by its path; the main one first. */
    public Map<String, RedisConf> files() {
        var all = new LinkedHashMap<String, RedisConf>();
        all.put(main, files.getOrDefault(main, RedisConf.of(new byte[0])));
        files.forEach(all::putIfAbsent);
        return all;
    }

    /** The lines of that user, in whichever file, let in with this password only. */
    public ConfTree letting(String user, String password) {
        var edited = new LinkedHashMap<>(files);
        edited.replaceAll((path, conf) -> conf.letting(user, password));
        return new ConfTree(main, start, edited, includes);
    }

    /**
     * Sets a directive as {@link RedisConf#set} does, in the file whose line counts; a new one goes to the main file. Of {@code save}, whose
     * lines add up, the other files lose theirs.
     */
    public ConfTree set(String directive, List<List<String>> values) {
        var edited = new LinkedHashMap<>(files);
        var to = place(directive).map(Place::path).orElse(main);
        edited.computeIfPresent(to, (path, conf) -> conf.set(directive, values));
        if (directive.equalsIgnoreCase("save")) {
            lines(directive).stream()
                    .map(l -> l.at().path())
                    .filter(path -> !path.equals(to))
                    .forEach(path -> edited.computeIfPresent(path, (p, conf) -> conf.without(directive)));
        }
        return new ConfTree(main, start, edited, includes);
    }
}
