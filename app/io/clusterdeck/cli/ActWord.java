package io.clusterdeck.cli;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Failure;
import picocli.CommandLine.Option;

/** A word that changes one cluster. */
abstract class ActWord extends ClusterWord {

    @Option(names = "--json")
    boolean json;

    @Option(names = {"-v", "--verbose"})
    boolean verbose;

    ActWord(Session session) {
        super(session);
    }

    final Node node(OpenCluster cluster, String named) throws InterruptedException, Misuse {
        return NodeArgument.find(seen(cluster), named);
    }

    Deciding deciding() throws Failure {
        return new Deciding(session, session.deck(answers), answers, json, verbose);
    }

    final int take(Offer offer) throws Failure, InterruptedException, Misuse {
        return deciding().take(offer);
    }
}
