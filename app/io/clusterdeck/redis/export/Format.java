package io.clusterdeck.redis.export;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be handed on, and as what: a snapshot, a comparison of two, a failover or all of them, a drill. */
public enum Format {
    /** The document itself, as a schema in {@code resources/schema} describes it: the only one that can be read back. */
    JSON(".json"),
    /** A report in one file. */
    HTML(".html"),
    /** The shards as a drawing. */
    SVG(".svg"),
    PNG(".png"),
    /** The map of the 16,384 slots as a drawing. */
    SLOTS_SVG(".slots.svg"),
    SLOTS_PNG(".slots.png"),
    /** For a ticket or a wiki: with a Mermaid drawing. */
    MARKDOWN(".md"),
    /** For Graphviz. */
    DOT(".dot"),
    /** One line for each node. */
    CSV(".csv"),
    /** Sentences, as the terminal tells them. */
    TEXT(".txt");

    public static final List<Format> SNAPSHOTS =
            List.of(JSON, HTML, SVG, PNG, SLOTS_SVG, SLOTS_PNG, MARKDOWN, DOT, CSV);

    /** What makes sense of two states: a table of nodes or the slots of one moment do not. */
    public static final List<Format> COMPARISONS = List.of(HTML, MARKDOWN, TEXT, SVG, PNG, JSON);

    public static final List<Format> FAILOVERS = List.of(HTML, MARKDOWN, SVG, PNG, JSON, TEXT);

    /** All failovers of a cluster in one document. */
    public static final List<Format> CHRONICLES = List.of(HTML, MARKDOWN, JSON, TEXT);

    /** The rescue card. */
    public static final List<Format> CARDS = List.of(HTML, MARKDOWN);

    public static final List<Format> DRILLS = List.of(HTML, MARKDOWN, SVG, PNG, JSON);

    private final String ending;

    Format(String ending) {
        this.ending = ending;
    }

    /** With which a file of it ends, such as {@code .slots.svg}. */
    public String ending() {
        return ending;
    }

    /** As it is named on the command line, {@code slots-svg}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** By its word. */
    public static Optional<Format> named(String word) {
        return Arrays.stream(values())
                .filter(f -> f.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** What a file of that name should hold; the longest ending counts. */
    public static Optional<Format> of(String fileName) {
        var name = fileName.toLowerCase(Locale.ROOT);
        return List.of(SLOTS_SVG, SLOTS_PNG, JSON, HTML, SVG, PNG, MARKDOWN, DOT, CSV, TEXT).stream()
                .filter(f -> name.endsWith(f.ending))
                .findFirst();
    }
}
