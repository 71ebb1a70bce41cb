package io.clusterdeck.redis.model;

import java.util.List;

/** A master and its replicas. */
public record Shard(Node master, List<Node> replicas) {}
