package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Say;
import java.util.Optional;

/** What an election of a moment ago means for the next one: it waits (see {@link Elections}), so an outage lasts longer than usual. */
final class Lately {
    private Lately() {}

    /** Of a master with slots that is about to be lost; empty where the next election needs no more time than always. Asks its shard. */
    static Optional<Say> of(Ops ops, Node master, Terms terms) throws InterruptedException {
        if (!master.isMaster() || master.slots().isEmpty()) {
            return Optional.empty();
        }
        var replicas = ops.now().get().replicasOf(master.id()).stream()
                .filter(r -> Successors.able(r, terms))
                .map(Addressed::of)
                .toList();
        long wait = Long.MAX_VALUE;
        for (var heir : replicas) {
            wait = Math.min(
                    wait,
                    ops.elections().barred(ops.links(), heir, Addressed.of(master), replicas, terms.nodeTimeout()));
        }
        // its death has to be agreed on before anybody stands
        return wait > terms.nodeTimeout() && wait < Long.MAX_VALUE
                ? Optional.of(Say.of("nodes.impact.elected-lately", "node", master.address(), "t", wait))
                : Optional.empty();
    }
}
