package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.ClusterState;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The settings that decide what a loss costs. One node's are taken for all: nodes of a cluster are meant to agree on them.
 *
 * @param nodeTimeout milliseconds without a pong after which a node is suspected
 * @param fullCoverage whether every slot refuses while one is uncovered
 * @param validityFactor how stale a replica may be, in node-timeouts; 0 for any
 * @param pingPeriod seconds between a master's pings to its replicas
 * @param migrates whether a replica moves by itself to a master that has none left
 * @param migrationBarrier how many replicas its own master must keep
 * @param atOnce whether the best replica asks for votes without a delay (Valkey 9.1 and later)
 */
public record Terms(
        long nodeTimeout,
        boolean fullCoverage,
        int validityFactor,
        int pingPeriod,
        boolean migrates,
        int migrationBarrier,
        boolean atOnce) {
    /** As an unconfigured 6.2 server has them (config.c). */
    public static final Terms DEFAULT = new Terms(15_000, true, 10, 10);

    private static final Pattern AT_ONCE = Pattern.compile("(9\\.[1-9]|[1-9][0-9]+\\.).*");

    /** With replica migration as it is where nobody configured it. */
    public Terms(long nodeTimeout, boolean fullCoverage, int validityFactor, int pingPeriod) {
        this(nodeTimeout, fullCoverage, validityFactor, pingPeriod, true, 1, false);
    }

    /** From CONFIG GET; what is missing keeps its default. */
    public static Terms of(Map<String, String> config) {
        return new Terms(
                number(config, "cluster-node-timeout", DEFAULT.nodeTimeout),
                !"no".equals(config.get("cluster-require-full-coverage")),
                (int) number(
                        config,
                        "cluster-replica-validity-factor",
                        number(config, "cluster-slave-validity-factor", DEFAULT.validityFactor)),
                (int) number(
                        config,
                        "repl-ping-replica-period",
                        number(config, "repl-ping-slave-period", DEFAULT.pingPeriod)),
                !"no".equals(config.get("cluster-allow-replica-migration")),
                (int) number(config, "cluster-migration-barrier", DEFAULT.migrationBarrier),
                false);
    }

    /**
     * Milliseconds from a node's silent death until every node that had a link to it suspects it, at most: the ping that counts is sent when
     * the last answer is half a node-timeout old, and whoever is late for it is looked for ten times a second (clusterCron in cluster.c).
     */
    public long suspectedAfter() {
        return nodeTimeout + nodeTimeout / 2 + 1_000;
    }

    /**
     * Milliseconds from a master's silent death until its slots are served again, if a replica can take over, at least: node-timeout after
     * a ping that was not answered, and, but for Valkey 9.1 and later, the fixed half second of the election's delay (clusterCron, clusterHandleSlaveFailover in
     * cluster.c). Measured, killed and stopped, with a node-timeout of 2 s: 3.1 to 4.5 s; of 5 s: 7.1 to 8.6 s; of 15 s, stopped: 17.8 to 23.5 s.
     */
    public long outageFrom() {
        return atOnce ? nodeTimeout : nodeTimeout + 500;
    }

    /**
     * The same at most, while the first election succeeds: the ping that counts is sent when the last answer is half a node-timeout old, in
     * another second the masters have heard of each other's suspicion, since each pings somebody every second, and the delay is 1 s.
     */
    public long outageTo() {
        return nodeTimeout + nodeTimeout / 2 + 2_000;
    }

    /**
     * Milliseconds until an election that won no majority is tried again: twice auth_timeout, which is twice the node-timeout and at
     * least 2 s (clusterHandleSlaveFailover in cluster.c).
     */
    public long retry() {
        return retry(nodeTimeout);
    }

    static long retry(long nodeTimeout) {
        return 2 * Math.max(2 * nodeTimeout, 2_000);
    }

    /**
     * Milliseconds until a lost master's slots are served again, at most, where two elections won no majority: on busy computers votes come
     * too late, and one in a while is lost.
     */
    public long thirdElection() {
        return outageTo() + 2 * retry();
    }

    /** As a watch saw them: the first node that answers tells for all; what it does not tell keeps its default. */
    public static Terms seen(ClusterState state) {
        return state.nodes().values().stream()
                .filter(n -> n.answers() && n.info().isPresent())
                .map(n -> n.info().orElseThrow().info())
                .filter(i -> i.containsKey("config:cluster-node-timeout"))
                .findFirst()
                .map(i -> of(i.entrySet().stream()
                                .filter(e -> e.getKey().startsWith("config:"))
                                .collect(Collectors.toMap(
                                        e -> e.getKey().substring("config:".length()), Map.Entry::getValue)))
                        .at(i.getOrDefault("valkey_version", "")))
                .orElse(DEFAULT);
    }

    private Terms at(String valkey) {
        boolean quick = AT_ONCE.matcher(valkey).matches();
        return new Terms(nodeTimeout, fullCoverage, validityFactor, pingPeriod, migrates, migrationBarrier, quick);
    }

    /**
     * Seconds for which a replica may have lost its master when that dies, and still stand for election (clusterHandleSlaveFailover in
     * cluster.c): when it asks for votes it must not be older than repl-ping-period + node-timeout × factor, beside the node-timeout that is
     * forgiven; and it asks when that, and the least time until everybody agreed and its delay was over, have passed. Both ends are seconds
     * without fractions, so one more is given.
     */
    public Optional<Long> validFor() {
        return validityFactor == 0
                ? Optional.empty()
                : Optional.of(pingPeriod + (nodeTimeout * validityFactor - (outageFrom() - nodeTimeout)) / 1000 + 1);
    }

    private static long number(Map<String, String> config, String key, long otherwise) {
        try {
            return Long.parseLong(config.getOrDefault(key, Long.toString(otherwise)));
        } catch (NumberFormatException odd) {
            return otherwise;
        }
    }
}
