package io.clusterdeck.ssh;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** The hosts that the user's ssh configuration names: words of its {@code Host} lines that are no patterns, in their order, through {@code Include}. */
public final class SshAliases {
    private static final int DEEPEST = 16;

    private SshAliases() {}

    /**
     * One of them.
     *
     * @param hostName where it leads, as far as the configuration says
     */
    public record Alias(String name, String hostName) {}

    public static List<Alias> of(SshFiles files) {
        var names = new LinkedHashSet<String>();
        read(files.user().resolve("config"), files.user(), names, 0);
        return names.stream()
                .map(n -> new Alias(n, SshConfig.of(n, files).get("hostname").orElse("")))
                .toList();
    }

    private static void read(Path file, Path beside, Set<String> names, int depth) {
        if (depth > DEEPEST || !Files.isReadable(file)) {
            return;
        }
        try {
            for (var line : Files.readAllLines(file)) {
                var words = SshConfig.words(line);
                if (words.isEmpty()) {
                    continue;
                }
                switch (words.getFirst().toLowerCase(Locale.ROOT)) {
                    case "host" ->
                        words.stream()
                                .skip(1)
                                .filter(w -> !w.matches(".*[*?!].*"))
                                .forEach(names::add);
                    case "include" -> {
                        for (var included : included(words.subList(1, words.size()), beside)) {
                            read(included, beside, names, depth + 1);
                        }
                    }
                    default -> {}
                }
            }
        } catch (IOException unreadable) {
            LoggerFactory.getLogger(SshAliases.class).warn("{} could not be read", file, unreadable);
        }
    }

    private static List<Path> included(List<String> patterns, Path beside) throws IOException {
        var found = new ArrayList<Path>();
        for (var pattern : patterns) {
            var path = beside.resolve(SshConfig.tilde(pattern));
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
}
