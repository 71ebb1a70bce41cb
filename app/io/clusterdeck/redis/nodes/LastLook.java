package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A look right before CLUSTER FAILOVER is sent: what was true when it was offered need not be any more. A replica takes the command for
 * whichever master it has by then; voters grant FORCE also while that one serves (FORCEACK in cluster.c), TAKEOVER asks nobody, and what
 * it accepted and did not send yet is lost.
 */
record LastLook(Succession between, String how) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Whether it still has to be sent: not where the heir is the master by now. Asks the nodes.
     *
     * @param unseen whether somebody who was told that the master may serve unseen wants it all the same
     * @throws NotAllowed where this is another situation than the one that was shown
     */
    boolean wanted(Observers observers, boolean unseen) throws Failure, InterruptedException {
        var heir = between.heir().address();
        if (!Await.until(PATIENCE, () -> observers.ask().containsKey(heir))) {
            throw new NotAllowed(Say.of("failover.replica-down", "node", heir), Say.of("failover.replica-down.next"));
        }
        var views = observers.ask();
        if (between.promoted(views.getOrDefault(heir, List.of()))) {
            return false;
        }
        mustBeTheOne(views);
        switch (how) {
            case "FORCE" -> mustBeDown(views, observers, unseen);
            case "TAKEOVER" -> mustHaveNoVoters(views);
            default -> {}
        }
        return true;
    }

    /** Another replica may have been elected in the meantime: it serves, and nobody agreed to replace it. */
    private void mustBeTheOne(Map<NodeAddress, List<NodeRow>> views) throws NotAllowed {
        if (!between.pending(views) || between.overtaken(views)) {
            throw new NotAllowed(
                    Say.of(
                            "failover.other-master",
                            "node",
                            between.heir().address(),
                            "old",
                            between.old().address()),
                    Say.of("failover.other-master.next"));
        }
    }

    private void mustBeDown(Map<NodeAddress, List<NodeRow>> views, Observers observers, boolean unseen)
            throws Failure, InterruptedException {
        var heir = between.heir();
        var master = between.old();
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

    private void mustHaveNoVoters(Map<NodeAddress, List<NodeRow>> views) throws NotAllowed {
        var quorum = Quorum.of(views, between.heir().address());
        if (quorum.holds()) {
            throw new NotAllowed(
                    Say.of("failover.majority-there", "up", quorum.up(), "voters", quorum.voters()),
                    Say.of(
                            views.containsKey(between.old().address())
                                    ? "failover.use-graceful"
                                    : "failover.use-force"));
        }
    }
}
