package io.clusterdeck.cli;

import io.clusterdeck.say.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** A word about one cluster, whose name may stand right behind it; where it does not, as {@code --cluster} has it. */
abstract class NamedClusterWord extends ClusterWord {

    private @Nullable String first;
    private @Nullable String option;

    NamedClusterWord(Session session) {
        super(session);
    }

    @Parameters(paramLabel = "CLUSTER", index = "0", arity = "0..1")
    final void named(String cluster) {
        option = name;
        first = cluster;
        name = cluster;
    }

    /**
     * What stands behind the name of the cluster. Where it stands alone, it is of the only cluster, or of that of {@code --cluster}: numbers,
     * and the ids of what is kept, begin with a digit.
     */
    final @Nullable String behind(@Nullable String second) throws Failure {
        var alone = first;
        if (second != null || alone == null || !Character.isDigit(alone.charAt(0)) || session.knows(answers, alone)) {
            return second;
        }
        name = alone.equals(name) ? option : name;
        return alone;
    }
}
