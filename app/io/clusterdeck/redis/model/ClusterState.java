package io.clusterdeck.redis.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A cluster at one instant, merged from what its nodes say. Immutable.
 *
 * @param nodes by id, masters and replicas, in a stable order
 * @param views the latest view of each observer (for "as each node sees it"); equal views may share one list of rows
 * @param health findings, worst first
 * @param tick how often nodes are asked at present
 * @param cost the share of a node's thread that watching takes, as measured (0.005 = 0.5 %)
 */
public record ClusterState(
        String name,
        Instant at,
        Map<NodeId, Node> nodes,
        Map<NodeId, NodeView> views,
        List<Disagreement> disagreements,
        List<Finding> health,
        SlotOwners owners,
        long currentEpoch,
        Duration tick,
        double cost) {

    /** The rule by which their hosts themselves say that no node runs: nothing is unknown then. */
    public static final String STOPPED = "none-runs";

    /** The rule by which it was destroyed, but for what lies on hosts that could not be reached then. */
    public static final String LEFT_OVER = "destroyed-in-part";

    public Optional<Node> node(NodeId id) {
        return Optional.ofNullable(nodes.get(id));
    }

    /** A master and its replicas for every master that holds slots, ordered by first slot; then masters without slots. */
    public List<Shard> shards() {
        var replicas = nodes.values().stream()
                .filter(n -> n.master().isPresent())
                .sorted(Comparator.comparing(n -> n.address().toString()))
                .collect(Collectors.groupingBy(n -> n.master().orElseThrow()));
        return nodes.values().stream()
                .filter(Node::isMaster)
                .sorted(Comparator.comparingInt((Node n) -> n.slots().isEmpty()
                                ? Integer.MAX_VALUE
                                : n.slots().getFirst().from())
                        .thenComparing(n -> n.address().toString()))
                .map(m -> new Shard(m, replicas.getOrDefault(m.id(), List.of())))
                .toList();
    }

    /** How many slots have an owner that is up and does not refuse keys: never more than {@link SlotOwners#covered()}. */
    public int served() {
        return owners.count(
                id -> node(id).filter(n -> n.up() && !n.refusesKeys()).isPresent());
    }

    public List<Node> replicasOf(NodeId master) {
        var replicas = new ArrayList<Node>();
        for (Node node : nodes.values()) { // a plain loop: rules ask this of each of hundreds of masters
            if (node.master().isPresent() && node.master().get().equals(master)) {
                replicas.add(node);
            }
        }
        replicas.sort(Comparator.comparing(n -> n.address().toString()));
        return List.copyOf(replicas);
    }

    /** {@link Health#UNKNOWN} when no node answers, unless their hosts themselves say that none runs. */
    public Health verdict() {
        long masters = nodes.values().stream().filter(Node::isMaster).count();
        long answering = nodes.values().stream().filter(Node::answers).count();
        boolean stopped = health.stream().anyMatch(f -> f.rule().equals(STOPPED) && f.counts());
        if ((answering == 0 || masters == 0) && !stopped) {
            return Health.UNKNOWN;
        }
        return health.stream()
                .filter(Finding::counts)
                .map(Finding::level)
                .max(Comparator.naturalOrder())
                .map(l -> switch (l) {
                    case BAD -> Health.FAIL;
                    case WARN -> Health.WARN;
                    case NOTE -> Health.OK;
                })
                .orElse(Health.OK);
    }
}
