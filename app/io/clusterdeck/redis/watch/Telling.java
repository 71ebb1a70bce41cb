package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.model.NodeInfo;
import java.util.List;

/** What of CLUSTER INFO and INFO shows that it is worth asking everybody for CLUSTER NODES. Used by one thread. */
final class Telling {

    private static final List<String> KEYS = List.of(
            "cluster_state",
            "cluster_slots_assigned",
            "cluster_slots_ok",
            "cluster_slots_pfail",
            "cluster_slots_fail",
            "cluster_known_nodes",
            "cluster_size",
            "cluster_current_epoch",
            "cluster_my_epoch",
            "role",
            "master_host",
            "master_port",
            "master_link_status",
            "connected_slaves");

    private List<String> last = List.of();

    /** Whatever comes next is a change. */
    void forget() {
        last = List.of();
    }

    /** Whether something is other than at the last call. */
    boolean changed(NodeInfo info) {
        var now = KEYS.stream()
                .map(k -> info.clusterInfo().getOrDefault(k, info.info().getOrDefault(k, "")))
                .toList();
        boolean changed = !now.equals(last);
        last = now;
        return changed;
    }
}
