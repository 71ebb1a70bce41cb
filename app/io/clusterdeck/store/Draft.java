package io.clusterdeck.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something begun and not finished, as it was left.
 *
 * @param tree maps, lists and scalars, whole or not; never a secret
 */
public record Draft(String id, Instant saved, Map<String, Object> tree) {
    public Draft {
        tree = new LinkedHashMap<>(tree);
    }
}
