package io.clusterdeck.redis.link;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Way;

/** Finds the way to a node: straight, or through its host. */
@FunctionalInterface
public interface Ways {

    Ways DIRECT = to -> new Way.Direct(to.host(), to.port());

    Way to(NodeAddress address) throws Failure, InterruptedException;
}
