package io.clusterdeck.redis.events;

import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.Optional;

/** Something that happened to a cluster. */
public record Event(Instant at, Level level, Optional<NodeId> node, Say what) {}
