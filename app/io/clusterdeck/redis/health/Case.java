package io.clusterdeck.redis.health;

import io.clusterdeck.redis.link.Lasting;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.ssh.HostName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a rule looks at.
 *
 * @param state merged, still without findings
 * @param strangers addresses that were asked and never told who they are, with what came of it
 * @param anonymous whether we sign in nowhere, because no password is kept
 * @param certificates what nodes showed when they were connected to
 * @param hosts the operator's host on which whoever is at an address runs
 */
public record Case(
        ClusterState state,
        Map<NodeAddress, Contact> strangers,
        boolean anonymous,
        HostFacts facts,
        Function<NodeAddress, Optional<Lasting>> certificates,
        Function<NodeAddress, Optional<HostName>> hosts) {

    /** Why a node is not where it was: it lost its address, or another one answers there. */
    private static final Set<String> ELSEWHERE = Set.of("watch.no-address", "watch.another-there");

    /** Of nodes that speak without TLS, and of whose hosts nothing is known. */
    public Case(ClusterState state, Map<NodeAddress, Contact> strangers, boolean anonymous, HostFacts facts) {
        this(state, strangers, anonymous, facts, node -> Optional.empty(), node -> Optional.empty());
    }

    public static Case of(ClusterState state) {
        return new Case(state, Map.of(), false, HostFacts.NONE);
    }

    Stream<Node> nodes() {
        return state.nodes().values().stream();
    }

    Stream<Node> masters() {
        return nodes().filter(n -> n.isMaster() && !n.slots().isEmpty());
    }

    /** Servers run, and nobody made a cluster of them yet: nobody serves a slot, and nobody knows another. */
    boolean noCluster() {
        return !state.nodes().isEmpty()
                && state.owners().covered() == 0
                && nodes().allMatch(n -> n.info()
                        .map(i -> i.clusterNumber("cluster_known_nodes").orElse(1) <= 1)
                        .orElse(false));
    }

    /** The machine a node is on: the operator's host, else its address. */
    static String machine(Node node) {
        return node.host().map(Object::toString).orElse(node.address().host());
    }

    Set<String> machines() {
        return nodes().map(Case::machine).collect(Collectors.toSet());
    }

    /** Whether a node is out of service: nobody answers there, or the majority says so. */
    boolean down(Node node) {
        return node.failed() || node.away() && !missedByUsOnly(node);
    }

    /**
     * We do not reach it, and a node that answers us has a link to it and no suspicion. What it had before is not enough: who answered us
     * and went away has to be missed for as long as it takes others to notice a death.
     */
    boolean missedByUsOnly(Node node) {
        var since = switch (node.contact()) {
            case Contact.Gone gone -> Optional.of(gone.since());
            case Contact.Silent silent -> Optional.of(silent.since());
            default -> Optional.<Instant>empty();
        };
        return since.isPresent()
                && node.linkUp()
                && node.suspectedBy().isEmpty()
                && nodes().anyMatch(Node::answers)
                && (node.info().isEmpty()
                        || noticed(since.get())
                        || noticed(node.info().get().at()));
    }

    /** Whether we have no connection and know why: its machine turns us away. Of any other reason the server itself knows nothing. */
    boolean dead(Node node) {
        return node.contact() instanceof Contact.Gone gone
                && (ELSEWHERE.contains(gone.why().key()) || gone.refused(node.address(), node.host()));
    }

    /** We do not reach it, nobody who does says that it is gone, and it may be that nothing but the way to it is lost. */
    boolean unsure(Node node) {
        return node.away() && !dead(node) && !node.givenUp();
    }

    private boolean noticed(Instant since) {
        return state.at().isAfter(since.plusMillis(Terms.seen(state).suspectedAfter()));
    }

    /** Whether it could serve or take over now. */
    boolean fit(Node node) {
        return !down(node) && node.suspectedBy().isEmpty();
    }

    String address(NodeId id) {
        return state.node(id).map(Node::address).map(Object::toString).orElse(id.brief());
    }

    Optional<Node> fitReplicaOf(Node master) {
        return state.replicasOf(master.id()).stream().filter(this::fit).findFirst();
    }
}
