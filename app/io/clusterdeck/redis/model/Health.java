package io.clusterdeck.redis.model;

/** The state of a cluster in one word: {@code ok}, {@code warn}, {@code fail}, or {@code unknown} when too few nodes were reached to tell. */
public enum Health {
    OK,
    WARN,
    FAIL,
    UNKNOWN
}
