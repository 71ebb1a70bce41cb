package io.clusterdeck.deck;

import io.clusterdeck.plan.Runs;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.say.Failure;
import java.util.List;
import java.util.function.Consumer;

/** Everything the window and the command line stand on; one per process. */
public interface Deck extends AutoCloseable {

    /** The clusters kept on this computer, by name. */
    List<ClusterSpec> clusters();

    /** Told at once and whenever a cluster was added, changed or removed; on a worker thread. */
    AutoCloseable eachClusters(Consumer<List<ClusterSpec>> to);

    /** A kept cluster, opened: its watch runs from now on until the deck closes. */
    OpenCluster open(String name) throws Failure;

    /** Runs of plans, past and present, of all clusters. */
    Runs runs();

    @Override
    void close();
}
