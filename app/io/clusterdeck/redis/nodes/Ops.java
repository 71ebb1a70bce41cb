package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import java.util.function.Supplier;

/**
 * What every operation on a live cluster stands on.
 *
 * @param spec read anew each time, since sites are learned while we watch
 * @param now the latest state
 */
public record Ops(Supplier<ClusterSpec> spec, Supplier<ClusterState> now, Links links) {}
