package io.clusterdeck.plan;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What runs stand on, for every cluster of this computer; made where the application is wired. Safe for use by many threads. */
public interface Grounds {

    /** The folder of a cluster's journals, made when it is first needed. */
    Path runs(ClusterRef on);

    /** The folders of journals there are. */
    Collection<Path> allRuns();

    /**
     * Keeps what a new run is to find whichever process goes on with it. Nothing of the run is written down yet, and no other process of this
     * computer can begin one of this cluster meanwhile.
     */
    default void begins(Plan plan) throws Failure {}

    /** Hosts and secrets for a plan's steps. */
    Ground ground(Plan plan);

    /** Where the lease lies: a folder on each host of the cluster. Without any, only this computer's processes exclude each other. */
    default List<Lease.Place> lease(Plan plan) {
        return List.of();
    }

    /** Why a run is long in beginning: the lease of one that is gone has not fallen yet. On a worker thread. */
    default void waits(Say why) {}

    /** The cluster's secrets as far as they are known without asking: none of them may get into a journal. */
    default Collection<Secret> secrets(ClusterRef on) {
        return List.of();
    }

    /** The plan that the same wish would give now, from fresh facts; empty where plans of this kind are not computed again. */
    default Optional<Plan> again(Plan approved) throws Failure, InterruptedException {
        return Optional.empty();
    }
}
