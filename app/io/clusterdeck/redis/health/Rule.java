package io.clusterdeck.redis.health;

import io.clusterdeck.redis.model.Finding;
import java.util.stream.Stream;

/** One thing that can be wrong with a cluster. Pure: the same case gives the same findings. */
@FunctionalInterface
public interface Rule {

    Stream<Finding> look(Case at);
}
