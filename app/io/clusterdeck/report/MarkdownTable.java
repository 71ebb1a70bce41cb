package io.clusterdeck.report;

import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown. */
public final class MarkdownTable {
    private MarkdownTable() {}

    public static void put(StringBuilder text, List<String> heads, List<List<String>> rows) {
        text.append(line(heads)).append(line(heads.stream().map(h -> "---").toList()));
        rows.forEach(r -> text.append(line(r)));
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Markdown::words).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
