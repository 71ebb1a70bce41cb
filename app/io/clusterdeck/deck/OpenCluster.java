package io.clusterdeck.deck;

import io.clusterdeck.redis.aof.AofOperations;
import io.clusterdeck.redis.create.CreateOperations;
import io.clusterdeck.redis.failover.FailoverOperations;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.NodeOperations;
import io.clusterdeck.redis.watch.Watch;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Following;
import io.clusterdeck.ssh.LogLine;
import java.util.function.Consumer;

/** A cluster that is being watched, and what can be done to it. */
public interface OpenCluster {

    ClusterSpec spec();

    /** Changes what is kept of it: the production mark, the read-only switch. */
    void keep(ClusterSpec changed) throws Failure;

    Watch watch();

    Links links();

    NodeOperations nodes();

    FailoverOperations failover();

    AofOperations aof();

    /** Makes a cluster of servers that run and are empty. */
    CreateOperations create();

    /** Follows a node's log: the last {@code back} lines, then what comes. Fails with the reason where it has none. */
    Following log(NodeId node, int back, Consumer<LogLine> to) throws Failure, InterruptedException;
}
