package io.clusterdeck.redis.timeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A shelf in memory. */
public final class Remembered implements Shelf {
    private final Map<String, String> kept = new ConcurrentHashMap<>();

    @Override
    public void keep(String name, String json) {
        kept.put(name, json);
    }

    @Override
    public List<String> names() {
        return List.copyOf(kept.keySet());
    }

    @Override
    public String read(String name) {
        return Optional.ofNullable(kept.get(name)).orElseThrow();
    }
}
