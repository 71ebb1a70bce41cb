package io.clusterdeck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no compiler sees: files that grew too long, and names that tie the tree to one computer. */
class SourcesTest {

    private static final int LONGEST = 300;

    /** File → why it may be longer. */
    private static final Map<String, String> LONGER = Map.of();

    /** Folders of one person's or one service's computer, and the hosts of package registries. */
    private static final Pattern FOREIGN = Pattern.compile(
            "(?<![\\w.~}-])/(work|Users|tmp/brief|tmp/wt)/|repo1?\\.maven|maven\\.org|registry\\.npm|pypi\\.org|artifactory|crates\\.io");

    private static final Pattern TEXT = Pattern.compile(".*\\.(java|sh|xml|properties|css|json|ya?ml|md|txt)|[^.]*");

    @Test
    void noSourceIsTooLong() throws IOException {
        var tooLong = new ArrayList<String>();
        for (var file : files("ssh", "app", "views", "src/test/java")) {
            if (file.toString().endsWith(".java") && !LONGER.containsKey(file.toString())) {
                try (var lines = Files.lines(file)) {
                    long count = lines.count();
                    if (count > LONGEST) {
                        tooLong.add(file + ": " + count);
                    }
                }
            }
        }
        assertEquals(List.of(), tooLong);
    }

    @Test
    void everyExceptionStillNeedsIts() throws IOException {
        for (var file : LONGER.keySet()) {
            try (var lines = Files.lines(Path.of(file))) {
                assertEquals(true, lines.count() > LONGEST, file + " is short enough to leave the list");
            }
        }
    }

    /** Every script runs behind the library in one shell: a function of the same name would take the place of what the library itself calls. */
    @Test
    void noScriptTakesAFunctionOfTheLibrary() throws IOException {
        var library = new HashSet<String>();
        var taken = new ArrayList<String>();
        for (var part : files("resources/remote/lib")) {
            functions(part).stream()
                    .filter(f -> !library.add(f))
                    .forEach(f -> taken.add(part.getFileName() + ": " + f));
        }
        assertEquals(true, library.contains("mark"), library::toString);
        for (var script : files("resources/remote")) {
            if (!script.getParent().endsWith("lib")) {
                functions(script).stream()
                        .filter(library::contains)
                        .forEach(f -> taken.add(script.getFileName() + ": " + f));
            }
        }
        assertEquals(List.of(), taken);
    }

    private static List<String> functions(Path script) throws IOException {
        return Pattern.compile("(?m)^(\\w+)\\(\\)")
                .matcher(Files.readString(script))
                .results()
                .map(r -> r.group(1))
                .toList();
    }

    @Test
    void nothingNamesOneComputer() throws IOException {
        var found = new ArrayList<String>();
        for (var file : files("ssh", "app", "views", "src", "resources", "docs", "installers", ".ci")) {
            if (file.endsWith("SourcesTest.java")
                    || !TEXT.matcher(file.getFileName().toString()).matches()) {
                continue;
            }
            var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            for (int i = 0; i < lines.size(); i++) {
                if (FOREIGN.matcher(lines.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        assertEquals(List.of(), found);
    }

    /** The installed program is started with the options that the tests and the operators' checkouts run with. */
    @Test
    void installersStartJavaAsTheScriptDoes() throws IOException {
        var script = Files.readString(Path.of("clusterdeck")).replaceAll("\\s+", " ");
        var missing = Files.readAllLines(Path.of("installers/java-options")).stream()
                .filter(option -> !option.isBlank() && !option.startsWith("#"))
                .filter(option -> !script.contains(option) && !script.contains(option.replaceFirst("=", " ")))
                .toList();
        assertEquals(List.of(), missing);
    }

    private static List<Path> files(String... folders) throws IOException {
        var all = new ArrayList<Path>();
        for (var folder : folders) {
            if (Files.exists(Path.of(folder))) {
                try (Stream<Path> tree = Files.walk(Path.of(folder))) {
                    tree.filter(Files::isRegularFile).sorted().forEach(all::add);
                }
            }
        }
        return all;
    }
}
