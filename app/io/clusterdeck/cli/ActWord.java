package io.clusterdeck.cli;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import picocli.CommandLine.Mixin;

/** A word that changes one cluster by a plan, and can show that plan instead. */
abstract class ActWord extends ClusterWord {

    @Mixin
    Planning plans = new Planning();

    ActWord(Session session) {
        super(session);
    }

    final Node node(OpenCluster cluster, String named) throws InterruptedException, Misuse {
        var seen = seen(cluster);
        var slow = Sight.awaited(cluster, seen);
        if (seen.nodes().isEmpty() && !slow.isEmpty()) {
            throw new Misuse(
                    Say.of("cli.node-unheard", "node", named, "seconds", wait, "nodes", slow, "more", 3 * wait));
        }
        return NodeArgument.find(seen, named);
    }

    final Deciding deciding() throws Failure {
        return plans.deciding(session, answers);
    }

    final int take(Offer offer) throws Failure, InterruptedException, Misuse {
        return deciding().take(offer);
    }
}
