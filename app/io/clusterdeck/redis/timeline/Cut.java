package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.time.Instant;

/**
 * A node's log was emptied in place, as {@code copytruncate} does: what the node wrote between the copy and the emptying is in no file.
 *
 * @param at when we saw it, on our clock: up to a second later
 */
record Cut(NodeId node, Instant at) {}
