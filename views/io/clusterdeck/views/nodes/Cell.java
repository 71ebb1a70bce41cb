package io.clusterdeck.views.nodes;

import io.clusterdeck.views.look.Counted;
import io.clusterdeck.views.parts.Glyph;
import org.jspecify.annotations.Nullable;

/**
 * A value in the table: shown as words, sorted by number where it has one.
 *
 * @param sort what it is sorted by; NaN sorts by its words, as a person counts
 * @param mark what stands before the words, if anything does
 */
public record Cell(String words, double sort, Glyph.@Nullable Kind mark) implements Comparable<Cell> {
    static final Cell EMPTY = new Cell("", Double.NEGATIVE_INFINITY);

    Cell(String words, double sort) {
        this(words, sort, null);
    }

    static Cell of(String words) {
        return new Cell(words, Double.NaN);
    }

    @Override
    public int compareTo(Cell other) {
        return Double.isNaN(sort) && Double.isNaN(other.sort)
                ? Counted.ORDER.compare(words, other.words)
                : Double.compare(sort, other.sort);
    }

    @Override
    public String toString() {
        return words;
    }
}
