package io.clusterdeck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator's guide says in Chinese what it says in English: page for page, block for block, every command line and every link. */
class GuideParityTest {
    private static final Path GUIDE = Path.of("docs/guide");

    /** In both languages at once. */
    private static final String PICTURES = "pictures.md";

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

    /** Words of the command line and options. */
    private static final Pattern TYPED =
            Pattern.compile("`(?:clusterdeck |-)[^`]*`|^    clusterdeck .*$", Pattern.MULTILINE);

    private static TreeSet<String> pages(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(n -> n.endsWith(".md") && !n.equals(PICTURES))
                    .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
        }
    }

    static Stream<String> pages() throws IOException {
        return pages(GUIDE).stream();
    }

    @Test
    void everyPageIsThereTwice() throws IOException {
        assertEquals(pages(GUIDE), pages(GUIDE.resolve("zh")));
    }

    /** A heading by its level, a list by its items, a table by its rows: the outline of a page, without its words. */
    private static List<String> outline(String page) {
        var outline = new ArrayList<String>();
        for (var block : page.replaceAll("(?s)```.*?```", "```").strip().split("\n\\s*\n")) {
            var first = block.stripLeading();
            long items = block.lines().filter(l -> l.matches("(- |\\d+\\. ).*")).count();
            long rows = block.lines().filter(l -> l.startsWith("|")).count();
            outline.add(
                    first.startsWith("#")
                            ? first.substring(0, first.indexOf(' '))
                            : first.startsWith("![")
                                    ? "picture"
                                    : items > 0
                                            ? items + " items"
                                            : rows > 0 ? rows + " rows" : block.startsWith("    ") ? "typed" : "text");
        }
        return outline;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void bothHaveTheSameOutline(String page) throws IOException {
        assertEquals(
                outline(read(GUIDE.resolve(page))),
                outline(read(GUIDE.resolve("zh").resolve(page))),
                page);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void bothNameTheSameCommandLines(String page) throws IOException {
        assertEquals(typed(GUIDE.resolve(page)), typed(GUIDE.resolve("zh").resolve(page)), page);
    }

    private static TreeSet<String> typed(Path page) throws IOException {
        return TYPED.matcher(read(page))
                .results()
                .map(m -> m.group().replaceAll("\\s+", " "))
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }

    /** Of either language: what a link leads to is there. */
    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(String page) throws IOException {
        for (var file : List.of(GUIDE.resolve(page), GUIDE.resolve("zh").resolve(page))) {
            LINK.matcher(read(file))
                    .results()
                    .map(m -> m.group(1))
                    .filter(to -> !to.contains("://"))
                    .forEach(to -> assertTrue(Files.exists(file.getParent().resolve(to)), file + " → " + to));
        }
    }

    private static String read(Path page) throws IOException {
        return Files.readString(page);
    }
}
