package io.clusterdeck.say;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be told of several, told once with their names.
 *
 * @param of those of which it is told, in the order in which it was found; none where it is told of nobody
 */
public record Alike<W, N>(W what, List<N> of) {

    /** Puts together what is the same, in the order in which each was found first. */
    public static <T, W, N> List<Alike<W, N>> of(Stream<T> all, Function<T, W> what, Function<T, Stream<N>> of) {
        return all
                .collect(Collectors.groupingBy(
                        what, LinkedHashMap::new, Collectors.flatMapping(of, Collectors.toUnmodifiableList())))
                .entrySet()
                .stream()
                .map(e -> new Alike<>(e.getKey(), e.getValue()))
                .toList();
    }
}
