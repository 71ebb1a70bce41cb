package io.clusterdeck.views.nodes;

/**
 * A value in the table: shown as words, sorted by number where it has one.
 *
 * @param sort what it is sorted by; NaN sorts by its words
 */
public record Cell(String words, double sort) implements Comparable<Cell> {
    static final Cell EMPTY = new Cell("", Double.NEGATIVE_INFINITY);

    static Cell of(String words) {
        return new Cell(words, Double.NaN);
    }

    @Override
    public int compareTo(Cell other) {
        return Double.isNaN(sort) && Double.isNaN(other.sort)
                ? words.compareTo(other.words)
                : Double.compare(sort, other.sort);
    }

    @Override
    public String toString() {
        return words;
    }
}
