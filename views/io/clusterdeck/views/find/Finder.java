package io.clusterdeck.views.find;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/**
 * What the palette searches. A view lets itself be found by {@link #add}ing a source, which is asked afresh whenever the palette
 * opens. FX thread.
 */
public final class Finder {
    /** More than anyone reads. */
    private static final int MOST = 200;

    private final List<Supplier<Stream<Found>>> sources = new ArrayList<>();
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
    private List<Found> all = List.of();

    /** @param source in the operator's language of the moment; cheap, since it is asked on the FX thread */
    public void add(Supplier<Stream<Found>> source) {
        sources.add(source);
    }

    public void open() {
        all = sources.stream().flatMap(Supplier::get).toList();
        open.set(true);
    }

    public void close() {
        open.set(false);
        all = List.of();
    }

    public ReadOnlyBooleanProperty openProperty() {
        return open.getReadOnlyProperty();
    }

    private record Hit(Found found, int score) {}

    /** The best first; without a query everything in its own order. */
    public List<Found> find(String query) {
        var match = new Match(query);
        if (match.empty()) {
            return all.stream()
                    .sorted(Comparator.comparing(Found::kind))
                    .limit(MOST)
                    .toList();
        }
        return all.stream()
                .map(f -> new Hit(f, match.score(f.title(), f.more() + " " + f.also())))
                .filter(h -> h.score() > 0)
                .sorted(Comparator.comparingInt(Hit::score)
                        .reversed()
                        .thenComparing(h -> h.found().kind())
                        .thenComparing(h -> h.found().title().length()))
                .limit(MOST)
                .map(Hit::found)
                .toList();
    }
}
