package io.clusterdeck.cli;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A word about one cluster. */
abstract class ClusterWord extends Word {

    @Option(
            names = {"-c", "--cluster"},
            paramLabel = "NAME")
    @Nullable
    String name;

    @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "" + Sight.USUAL)
    int wait = Sight.USUAL;

    ClusterWord(Session session) {
        super(session);
    }

    OpenCluster cluster() throws Failure, Misuse {
        return session.cluster(answers, name);
    }

    final void waits(Say who) {
        session.progress(session.words.say(who));
    }

    /** Its state, once every node was heard or given up. */
    ClusterState seen(OpenCluster cluster) throws InterruptedException {
        return Sight.of(cluster, Duration.ofSeconds(wait), this::waits);
    }
}
