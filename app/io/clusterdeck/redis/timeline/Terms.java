package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeInfo;
import java.util.OptionalLong;

/**
 * The settings on which a failover's course depends, as the nodes have them, and the times that follow from them (clusterCron and
 * clusterHandleSlaveFailover in cluster.c).
 *
 * @param nodeTimeout cluster-node-timeout in milliseconds
 * @param validityFactor cluster-replica-validity-factor; 0 means that no data is too old
 * @param pingPeriod repl-ping-replica-period in seconds
 * @param fullCoverage cluster-require-full-coverage
 */
public record Terms(long nodeTimeout, long validityFactor, long pingPeriod, boolean fullCoverage) {

    /** An order to take over is given up after so many milliseconds (CLUSTER_MF_TIMEOUT, cluster.c). */
    static final long BY_HAND = 5000;

    /** As Redis has them by default. */
    public static final Terms USUAL = new Terms(15_000, 10, 10, true);

    /** As the first node has them that tells; what nobody tells is as by default. */
    public static Terms of(ClusterState state) {
        var infos = state.nodes().values().stream()
                .flatMap(n -> n.info().stream())
                .filter(i -> i.info().containsKey("config:cluster-node-timeout"))
                .toList();
        if (infos.isEmpty()) {
            return USUAL;
        }
        var first = infos.getFirst();
        return new Terms(
                number(first, "config:cluster-node-timeout", USUAL.nodeTimeout),
                either(first, "validity-factor", USUAL.validityFactor),
                number(first, "config:repl-ping-replica-period", USUAL.pingPeriod),
                !first.text("config:cluster-require-full-coverage")
                        .orElse("yes")
                        .equals("no"));
    }

    private static long either(NodeInfo info, String end, long usual) {
        var now = info.number("config:cluster-replica-" + end);
        return (now.isPresent() ? now : info.number("config:cluster-slave-" + end)).orElse(usual);
    }

    private static long number(NodeInfo info, String key, long usual) {
        OptionalLong found = info.number(key);
        return found.orElse(usual);
    }

    /** Data older than this many milliseconds, less the node timeout, is too old; 0 when none is. */
    public long oldest() {
        return validityFactor == 0 ? 0 : pingPeriod * 1000 + nodeTimeout * validityFactor;
    }

    /** How long votes may come in, in milliseconds. */
    public long voteWindow() {
        return Math.max(nodeTimeout * 2, 2000);
    }

    /** When a second attempt is made at the earliest, in milliseconds after the first. */
    public long again() {
        return voteWindow() * 2;
    }

    /** FAIL reports older than this many milliseconds do not count. */
    public long reportsCount() {
        return nodeTimeout * 2;
    }
}
