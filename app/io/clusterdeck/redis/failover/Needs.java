package io.clusterdeck.redis.failover;

import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.model.Node;
import java.util.List;
import java.util.Optional;

/**
 * What a hand-over asks a replica before it may take over. What of it was refused before (no permission, renamed) is known before
 * anything is tried.
 */
public final class Needs {

    private Needs() {}

    /** The first command that it needs and that the replica refuses. */
    public static Optional<String> missing(Node heir, How how) {
        // whether its link to its master is up and how far behind it is stands in INFO; who is down is told by CLUSTER
        // NODES
        var needed = how == How.GRACEFUL
                ? List.of("CLUSTER NODES", "INFO", "CLUSTER FAILOVER")
                : List.of("CLUSTER NODES", "CLUSTER FAILOVER");
        return heir.refuses(needed);
    }
}
