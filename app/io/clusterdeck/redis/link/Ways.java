package io.clusterdeck.redis.link;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Way;

/**
 * Finds the way to a node: straight, or through its host. A link asks for its way when it connects and closes it when it is closed;
 * who shares one way among links gives out ways whose closing does nothing.
 */
@FunctionalInterface
public interface Ways {

    Ways DIRECT = to -> new Way.Direct(to.host(), to.port());

    Way to(NodeAddress address) throws Failure, InterruptedException;
}
