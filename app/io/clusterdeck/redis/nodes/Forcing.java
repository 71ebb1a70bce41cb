package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;

/**
 * A look right before CLUSTER FAILOVER FORCE is sent. Voters grant it also while the master serves (FORCEACK in cluster.c), and what that
 * accepted and did not send yet is lost.
 */
record Forcing(Addressed heir, Addressed master) {

    /** @param unseen whether somebody who was told that the master may serve unseen wants it all the same */
    void mustBeDown(Observers observers, boolean unseen) throws Failure, InterruptedException {
        var views = observers.ask();
        if (views.containsKey(master.address())) {
            throw new NotAllowed(
                    Say.of("failover.master-up", "master", master.address()), Say.of("failover.use-graceful"));
        }
        boolean failed = Observers.most(
                views,
                v -> Observers.row(v, master.id()).filter(r -> r.has(Flag.FAIL)).isPresent());
        if (unseen || failed) {
            return;
        }
        var link = observers.info(heir.address()).flatMap(i -> i.text("master_link_status"));
        if (link.filter("up"::equals).isPresent()) {
            throw new NotAllowed(
                    Say.of("failover.doubted", "master", master.address(), "node", heir.address()),
                    Say.of("failover.unseen.next"));
        }
    }
}
