package io.clusterdeck.redis.nodes;

import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the dumps of a master's replicas tell of what it must load, where the whole shard is down: a replica whose dump goes further in the
 * replication stream lost it all by following a master that was started with less. Of append-only files nothing of the kind can be told.
 * Pure.
 */
final class FromFiles {

    private FromFiles() {}

    /** Why a start may load less than replicas kept. @param replicas those that do not answer, as their files are */
    static List<Say> less(Closeup master, List<Closeup> replicas) {
        var less = new ArrayList<Say>();
        if ("yes".equals(master.file().value("appendonly"))) {
            return less;
        }
        for (var replica : replicas) {
            var kept = replica.files().rdbHead();
            if (kept.isEmpty()) {
                continue;
            }
            var own = master.files().rdbHead().filter(kept.get()::comparable);
            var at = replica.node().address();
            if (own.isPresent() && own.get().offset() < kept.get().offset()) {
                long bytes = kept.get().offset() - own.get().offset();
                less.add(Say.of("nodes.reload.dump-behind", "replica", at, "bytes", bytes));
            } else if (own.isEmpty() && !written(replica).isBefore(written(master))) {
                less.add(Say.of("nodes.reload.dump-newer", "replica", at));
            }
        }
        return less;
    }

    /** By our clock. */
    private static Instant written(Closeup node) {
        return node.files()
                .rdb()
                .map(f -> f.written().minus(node.files().ahead()))
                .orElse(Instant.EPOCH);
    }
}
