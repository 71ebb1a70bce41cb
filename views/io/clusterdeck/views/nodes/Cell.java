package io.clusterdeck.views.nodes;

import io.clusterdeck.views.look.Counted;

/**
 * A value in the table: shown as words, sorted by number where it has one.
 *
 * @param sort what it is sorted by; NaN sorts by its words, as a person counts
 */
public record Cell(String words, double sort) implements Comparable<Cell> {
    static final Cell EMPTY = new Cell("", Double.NEGATIVE_INFINITY);

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
