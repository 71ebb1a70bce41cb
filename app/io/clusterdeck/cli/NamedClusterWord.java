package io.clusterdeck.cli;

import picocli.CommandLine.Parameters;

/** A word about one cluster, whose name may stand right behind it; where it does not, as {@code --cluster} has it. */
abstract class NamedClusterWord extends ClusterWord {

    NamedClusterWord(Session session) {
        super(session);
    }

    @Parameters(paramLabel = "CLUSTER", index = "0", arity = "0..1")
    final void named(String cluster) {
        name = cluster;
    }
}
