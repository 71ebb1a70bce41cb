package io.clusterdeck.redis.health;

import io.clusterdeck.redis.model.Finding;
import java.util.List;

/** One thing that can be wrong with a cluster. Pure: the same case gives the same findings. */
@FunctionalInterface
public interface Rule {

    List<Finding> look(Case at);
}
