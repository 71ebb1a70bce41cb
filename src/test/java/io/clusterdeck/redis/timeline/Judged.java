package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.simulated.Play;
import io.clusterdeck.redis.timeline.simulated.Truth;
import java.time.Instant;

/** What is told of: what really happened there, and what of it could be known. */
interface Judged {

    /** In milliseconds that begin with {@link Play#BEGINS}. */
    Truth truth();

    /** By the clock of the truth. */
    long now();

    /** The same for an instant as told. */
    long millis(Instant at);

    int node(NodeId id);

    /** Whether that node's log is read. */
    boolean logged(int node);

    /** Whether all was put right at the end. */
    boolean healed();

    /** cluster-node-timeout. */
    long timeout();
}
