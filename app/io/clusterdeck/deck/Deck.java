package io.clusterdeck.deck;

import io.clusterdeck.deck.paper.Papers;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Runs;
import io.clusterdeck.plan.Subscription;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything the window and the command line stand on; one per process. Safe for use by many threads; what may wait says so. */
public interface Deck extends AutoCloseable {

    /** The clusters kept on this computer, by name; of one whose file can't be read nothing but its name ({@link #open} says why). */
    List<ClusterSpec> clusters();

    /** Told at once and whenever a cluster was added, changed or removed; on a worker thread. */
    Subscription eachClusters(Consumer<List<ClusterSpec>> to);

    /** A kept cluster, opened: its watch runs from now on until the deck closes. The same one each time. */
    OpenCluster open(String name) throws Failure;

    /** Runs of plans, past and present, of all clusters. */
    Runs runs();

    /**
     * Signs in to the hosts of a blueprint, looks at them, and answers with the plan that would build it. Blocks. The cluster is kept
     * from the moment its plan is started.
     */
    Offer build(Blueprint wish) throws Failure, InterruptedException;

    /** What the wizard stands on. */
    Drafting drafting();

    /** The plan that takes a cluster of ours away again: its data is set aside, or removed. Blocks. */
    Offer destroy(String cluster, boolean removeData) throws Failure, InterruptedException;

    /**
     * Looks for a running cluster, from one address; nothing is kept until that is said.
     *
     * @param to told what was found, whenever that is more; on a worker thread
     */
    Search search(Adoption wish, Consumer<Found> to) throws Failure;

    /** Finds a running cluster from one address and keeps it. Blocks until its nodes told of each other and were looked for on the hosts. */
    default Search.Adopted adopt(Adoption wish) throws Failure, InterruptedException {
        return adopt(wish, found -> {});
    }

    /** Likewise. @param to told about once a second what was found so far, on this thread */
    default Search.Adopted adopt(Adoption wish, Consumer<Found> to) throws Failure, InterruptedException {
        return Adopting.patiently(this, wish, to);
    }

    /** Forgets a cluster; nothing is changed on its hosts. Can be taken back. */
    Forgotten forget(String cluster) throws Failure;

    /** What was written down here, for people: the audit, the bundle for support. */
    Papers papers();

    /** A cluster to try things on, on this computer; nothing is built yet. */
    Demo demo() throws Failure;

    /** Demos whose process was killed: to be stopped, or taken over. */
    List<Demo> leftoverDemos() throws Failure;

    /** The kept states of the clusters. */
    Archive archive();

    /** What the operator must know about this deck itself, such as that its home is a temporary folder. */
    Optional<Say> note();

    @Override
    void close();
}
