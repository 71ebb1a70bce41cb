package io.clusterdeck.views.wizard;

import io.clusterdeck.redis.build.Blueprint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parts of a draft read as a blueprint while the rest of it is not entered yet. */
final class Sketch {
    private Sketch() {}

    /** Only these parts of it, under a name that stands for the one to come. */
    static Optional<Blueprint> of(Map<String, Object> tree, List<String> parts) {
        var some = new LinkedHashMap<String, Object>();
        some.put("name", "draft");
        parts.stream().filter(tree::containsKey).forEach(p -> some.put(p, tree.get(p)));
        return Problem.read(some).whole();
    }
}
