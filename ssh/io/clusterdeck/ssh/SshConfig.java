package io.clusterdeck.ssh;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * What ssh_config(5) says about one host: {@code Host} with patterns and negations, {@code Match} by host, originalhost,
 * user, localuser and all, {@code Include}; the first value of an option wins, IdentityFile adds up. {@code Match exec},
 * canonical, final and tagged never match here: nothing is run and no name is rewritten to find out.
 */
final class SshConfig {

    private static final int DEEPEST = 16;
    private static final Set<String> MANY = Set.of("identityfile", "certificatefile");

    private static final Pattern LINE = Pattern.compile("([A-Za-z]+)(?:\\s*=\\s*|\\s+)(.*)");
    private static final Pattern VALUE = Pattern.compile("\"([^\"]*)\"|\\S+");

    private final String asked;
    private final String localUser;
    private final Map<String, List<String>> options = new LinkedHashMap<>();

    private SshConfig(String asked) {
        this.asked = asked;
        this.localUser = System.getProperty("user.name");
    }

    /** The options for an alias, from the user's file and then the system's; a missing file says nothing. */
    static SshConfig of(String alias, SshFiles files) {
        var config = new SshConfig(alias);
        config.read(files.user().resolve("config"), files.user(), true, 0);
        config.read(files.system().resolve("ssh_config"), files.system(), true, 0);
        return config;
    }

    /** The first value of an option; its name's case does not matter. */
    Optional<String> get(String option) {
        return all(option).stream().findFirst();
    }

    /** The values of an option that adds up, such as IdentityFile. */
    List<String> all(String option) {
        return options.getOrDefault(option.toLowerCase(Locale.ROOT), List.of());
    }

    boolean yes(String option) {
        return get(option).filter(v -> v.equalsIgnoreCase("yes")).isPresent();
    }

    private void read(Path file, Path beside, boolean applies, int depth) {
        if (depth > DEEPEST || !Files.isReadable(file)) {
            return;
        }
        try {
            boolean on = applies;
            for (var line : Files.readAllLines(file)) {
                var words = words(line);
                if (words.isEmpty()) {
                    continue;
                }
                var option = words.getFirst().toLowerCase(Locale.ROOT);
                var values = words.subList(1, words.size());
                switch (option) {
                    case "host" -> on = applies && matches(values, asked);
                    case "match" -> on = applies && match(values);
                    case "include" -> {
                        if (on) {
                            for (var included : included(values, beside)) {
                                read(included, beside, true, depth + 1);
                            }
                        }
                    }
                    default -> {
                        if (on) {
                            set(option, values);
                        }
                    }
                }
            }
        } catch (IOException unreadable) {
            LoggerFactory.getLogger(SshConfig.class).warn("{} could not be read", file, unreadable);
        }
    }

    private void set(String option, List<String> values) {
        if (MANY.contains(option)) {
            options.computeIfAbsent(option, o -> new ArrayList<>()).addAll(values);
        } else {
            options.putIfAbsent(option, List.copyOf(values));
        }
    }

    private boolean match(List<String> criteria) {
        for (int i = 0; i < criteria.size(); i++) {
            var word = criteria.get(i).toLowerCase(Locale.ROOT);
            if (word.equals("all")) {
                continue;
            }
            boolean negated = word.startsWith("!");
            var value = i + 1 < criteria.size() ? criteria.get(++i) : "";
            boolean yes = switch (negated ? word.substring(1) : word) {
                case "host" ->
                    matches(List.of(value.split(",")), get("hostname").orElse(asked));
                case "originalhost" -> matches(List.of(value.split(",")), asked);
                case "user" -> matches(List.of(value.split(",")), get("user").orElse(localUser));
                case "localuser" -> matches(List.of(value.split(",")), localUser);
                default -> negated; // what can't be told never matches
            };
            if (yes == negated) {
                return false;
            }
        }
        return true;
    }

    private static List<Path> included(List<String> patterns, Path beside) throws IOException {
        var found = new ArrayList<Path>();
        for (var pattern : patterns) {
            var path = beside.resolve(tilde(pattern));
            var folder = path.getParent();
            if (folder != null && Files.isDirectory(folder)) {
                var matcher = FileSystems.getDefault().getPathMatcher("glob:" + path.getFileName());
                try (var files = Files.list(folder)) {
                    files.filter(f -> matcher.matches(f.getFileName())).sorted().forEach(found::add);
                }
            }
        }
        return found;
    }

    static String tilde(String path) {
        return path.startsWith("~/") ? SshFiles.home() + path.substring(1) : path;
    }

    /** Whether a name is matched by patterns with {@code *} and {@code ?}, of which none that is negated may match. */
    static boolean matches(List<String> patterns, String name) {
        boolean matched = false;
        for (var pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            if (glob(negated ? pattern.substring(1) : pattern, name)) {
                if (negated) {
                    return false;
                }
                matched = true;
            }
        }
        return matched;
    }

    private static boolean glob(String pattern, String name) {
        var regex = new StringBuilder("(?i)");
        for (char c : pattern.toCharArray()) {
            regex.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        return name.matches(regex.toString());
    }

    /** The words of a line: {@code Option value}, {@code Option=value}, {@code "quoted values"}; none for a comment. */
    static List<String> words(String line) {
        var m = LINE.matcher(line.strip());
        if (!m.matches()) {
            return List.of();
        }
        var words = new ArrayList<>(List.of(m.group(1)));
        var values = VALUE.matcher(m.group(2));
        while (values.find() && !values.group().startsWith("#")) {
            words.add(values.group(1) != null ? values.group(1) : values.group());
        }
        return words;
    }

    /** Tokens of ssh_config(5) that can be told before connecting. */
    static String tokens(String value, String host, int port, String remoteUser) {
        var out = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '%' || i + 1 == value.length()) {
                out.append(c);
                continue;
            }
            out.append(
                    switch (value.charAt(++i)) {
                        case '%' -> "%";
                        case 'h' -> host;
                        case 'p' -> String.valueOf(port);
                        case 'r' -> remoteUser;
                        case 'd' -> SshFiles.home().toString();
                        case 'u' -> System.getProperty("user.name");
                        default -> value.substring(i - 1, i + 1);
                    });
        }
        return out.toString();
    }
}
