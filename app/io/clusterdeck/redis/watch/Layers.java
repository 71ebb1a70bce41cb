package io.clusterdeck.redis.watch;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two maps of different keys as one, without a copy: most of what a node tells stays as it was from tick to tick, and ten copies a second
 * of some 350 entries, for each node, were most of the garbage of the whole program. Neither is changed any more.
 */
final class Layers extends AbstractMap<String, String> {
    private final Map<String, String> first;
    private final Map<String, String> second;

    private Layers(Map<String, String> first, Map<String, String> second) {
        this.first = first;
        this.second = second;
    }

    /** No key may be in both. */
    static Map<String, String> of(Map<String, String> first, Map<String, String> second) {
        return second.isEmpty() ? first : first.isEmpty() ? second : new Layers(first, second);
    }

    @Override
    public @Nullable String get(Object key) {
        var found = first.get(key);
        return found != null ? found : second.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return first.containsKey(key) || second.containsKey(key);
    }

    @Override
    public int size() {
        return first.size() + second.size();
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, String>> iterator() {
                return Stream.concat(first.entrySet().stream(), second.entrySet().stream())
                        .iterator();
            }

            @Override
            public int size() {
                return Layers.this.size();
            }
        };
    }
}
