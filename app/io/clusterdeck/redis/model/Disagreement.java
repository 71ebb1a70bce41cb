package io.clusterdeck.redis.model;

import java.util.Map;

/**
 * Nodes say different things.
 *
 * @param about the node or the slot it is about, as text
 * @param aspect role, master, slots, epoch, known, failed
 * @param says who says what
 */
public record Disagreement(String about, String aspect, Map<NodeId, String> says) {}
