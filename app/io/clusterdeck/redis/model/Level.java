package io.clusterdeck.redis.model;

/** How bad a finding is. BAD makes the cluster unhealthy (exit code 1). */
public enum Level {
    NOTE,
    WARN,
    BAD
}
