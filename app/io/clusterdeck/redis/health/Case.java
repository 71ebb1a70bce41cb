package io.clusterdeck.redis.health;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.NodeAddress;
import java.util.Map;

/**
 * What a rule looks at.
 *
 * @param state merged, still without findings
 * @param strangers addresses that were asked and never told who they are, with what came of it
 */
public record Case(ClusterState state, Map<NodeAddress, Contact> strangers, HostFacts facts) {

    public static Case of(ClusterState state) {
        return new Case(state, Map.of(), HostFacts.NONE);
    }
}
