package io.clusterdeck.redis.drill;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Closeup;
import io.clusterdeck.redis.nodes.Keeping;
import io.clusterdeck.redis.nodes.NodeOperations;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes and files of the nodes that a drill ends or hangs, each looked at once. Off the FX thread. */
final class Subjects {
    private final Ops ops;
    private final Map<Node, Closeup> seen = new HashMap<>();

    Subjects(Ops ops) {
        this.ops = ops;
    }

    private Closeup closeup(Node node) throws Failure, InterruptedException {
        var known = seen.get(node);
        if (known != null) {
            return known;
        }
        var close = Closeup.of(ops, node);
        var strange = NodeOperations.strange(close);
        if (strange.isPresent() && strange.get() instanceof Offer.Refused refused) {
            throw new NotAllowed(
                    refused.why(),
                    refused.cures().isEmpty()
                            ? Say.of("drill.refused.next")
                            : refused.cures().getFirst());
        }
        seen.put(node, close);
        return close;
    }

    /** Its data must come back with it, and what keeps strangers out: a drill never bets on the replica. */
    Closeup returning(Node node) throws Failure, InterruptedException {
        var close = closeup(node);
        var less = node.isMaster() ? close.less(false) : List.<Say>of();
        if (!less.isEmpty()) {
            throw new NotAllowed(
                    Say.of("nodes.refused.less", "node", node.address(), "why", less), Say.of("nodes.cure.keep"));
        }
        if (Keeping.of(ops, close).losesPassword()) {
            throw new NotAllowed(Say.of("drill.opens", "node", node.address()), Say.of("drill.opens.next"));
        }
        return close;
    }

    /** The same, of one that must not be there again before anybody noticed: a unit may start it at once. */
    Closeup stayingDown(Node node) throws Failure, InterruptedException {
        var close = returning(node);
        var revives = close.process().revives(false);
        if (revives.isPresent()) {
            throw new NotAllowed(
                    Say.of("drill.revives", "node", node.address(), "why", revives.get()),
                    Say.of("drill.revives.next"));
        }
        return close;
    }
}
