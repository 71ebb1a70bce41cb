package io.clusterdeck.redis.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One INFO and one CLUSTER INFO answer of a node, as they came: key to value. {@code info} also holds what a watch read now and then by
 * CONFIG GET, as {@code config:save}, {@code config:cluster-node-timeout} and the like.
 */
public record NodeInfo(Instant at, Map<String, String> info, Map<String, String> clusterInfo) {

    /** How its versions begin. */
    public static final String VALKEY = "valkey-";

    public Optional<String> text(String key) {
        return Optional.ofNullable(info.get(key));
    }

    public OptionalLong number(String key) {
        return parse(info.get(key));
    }

    public OptionalLong clusterNumber(String key) {
        return parse(clusterInfo.get(key));
    }

    /** {@code cluster_state:ok}. */
    public boolean stateOk() {
        return "ok".equals(clusterInfo.get("cluster_state"));
    }

    /**
     * Such as {@code 6.2.3}, or {@code valkey-9.1.2}, which tells the Redis that it is compatible with beside it; empty when the node did
     * not tell.
     */
    public String version() {
        return text("valkey_version").map(v -> VALKEY + v).orElseGet(() -> info.getOrDefault("redis_version", ""));
    }

    private static OptionalLong parse(@org.jspecify.annotations.Nullable String value) {
        try {
            return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value.trim()));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }
}
