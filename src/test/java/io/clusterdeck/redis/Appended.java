package io.clusterdeck.redis;

import java.util.Set;
import java.util.stream.Stream;

/** Where a test reads or changes the append-only file of a server that runs. */
public final class Appended {

    private Appended() {}

    /**
     * Waits until the file holds all that was acknowledged, and is not being written anew: while the disk is slow a server answers first
     * and appends up to 2 s later, and a replica begins a new file after each full copy. One that is down appends nothing.
     */
    public static void await(LocalCluster cluster, int i) {
        if (!cluster.answers(i)) {
            return;
        }
        cluster.until(
                "all is appended: " + i,
                () -> Stream.of(
                                "aof_buffer_length",
                                "aof_pending_bio_fsync",
                                "aof_rewrite_in_progress",
                                "aof_rewrite_scheduled")
                        .allMatch(field -> Set.of("", "0").contains(cluster.info(i, field))));
    }
}
