package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeLike;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** States of clusters, made up: master i is {@code m(i)} on 10.0.0.i:9000, its replicas {@code r(i, n)} on 10.0.0.(i + n):900n. */
public final class Layouts {
    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private final int masters;

    public Layouts(int masters, int replicas) {
        this.masters = masters;
        for (int i = 0; i < masters; i++) {
            put(node(m(i), i, 9000, Role.MASTER, Optional.empty(), Map.of("role", "master")));
            for (int n = 1; n <= replicas; n++) {
                put(node(
                        r(i, n),
                        (i + n) % masters,
                        9000 + n,
                        Role.REPLICA,
                        Optional.of(m(i)),
                        Map.of("role", "slave", "master_link_status", "up", "master_sync_in_progress", "0")));
            }
        }
    }

    public static NodeId m(int i) {
        return new NodeId("m" + i);
    }

    public static NodeId r(int i, int n) {
        return new NodeId("r" + i + "." + n);
    }

    private Node node(NodeId id, int host, int port, Role role, Optional<NodeId> master, Map<String, String> info) {
        int i = Integer.parseInt(id.value().replaceAll("^[mr](\\d+).*", "$1"));
        var slots = role == Role.MASTER
                ? List.of(new SlotRange(16_384 * i / masters, 16_384 * (i + 1) / masters - 1))
                : List.<SlotRange>of();
        return new Node(
                id,
                new NodeAddress("10.0.0." + host, port),
                Optional.of(new HostName("h" + host)),
                role,
                master,
                slots,
                Map.of(),
                Map.of(),
                Set.of(),
                Set.of(),
                1,
                true,
                new Contact.Answers(Instant.EPOCH, 100),
                Optional.of(new NodeInfo(Instant.EPOCH, info, Map.of("cluster_state", "ok"))),
                Map.of());
    }

    private void put(Node n) {
        nodes.put(n.id(), n);
    }

    /** Agreed to have failed, and not answering. */
    public Layouts fail(NodeId id) {
        var n = nodes.get(id);
        put(with(n, Set.of(Flag.FAIL), new Contact.Gone(Instant.EPOCH, Say.of("gone")), n.info()));
        return this;
    }

    /** As we ourselves reach it. */
    public Layouts contact(NodeId id, Contact contact) {
        var n = nodes.get(id);
        put(with(n, n.flags(), contact, n.info()));
        return this;
    }

    /** Nobody knows on which host it runs. */
    public Layouts unplaced(NodeId id) {
        var n = nodes.get(id);
        put(new Node(
                id,
                n.address(),
                Optional.empty(),
                n.role(),
                n.master(),
                n.slots(),
                n.migrating(),
                n.importing(),
                n.flags(),
                n.suspectedBy(),
                n.epoch(),
                n.linkUp(),
                n.contact(),
                n.info(),
                n.refused()));
        return this;
    }

    public Layouts flag(NodeId id, Flag flag) {
        var n = nodes.get(id);
        put(with(n, Set.of(flag), n.contact(), n.info()));
        return this;
    }

    /** More lines of INFO. */
    public Layouts info(NodeId id, String... keysAndValues) {
        var n = nodes.get(id);
        var info = new HashMap<>(n.info().orElseThrow().info());
        for (int i = 0; i < keysAndValues.length; i += 2) {
            info.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        put(with(n, n.flags(), n.contact(), Optional.of(new NodeInfo(Instant.EPOCH, info, Map.of()))));
        return this;
    }

    /** What a master lists of its replicas: offsets at one instant. */
    public Layouts acknowledged(int master, long... offsets) {
        for (int n = 0; n < offsets.length; n++) {
            var a = nodes.get(r(master, n + 1)).address();
            info(
                    m(master),
                    "slave" + n,
                    "ip=%s,port=%d,state=online,offset=%d,lag=0".formatted(a.host(), a.port(), offsets[n]));
        }
        return this;
    }

    private static Node with(Node n, Set<Flag> flags, Contact contact, Optional<NodeInfo> info) {
        boolean down = flags.contains(Flag.FAIL);
        return new NodeLike(n)
                .flags(flags)
                .suspectedBy(down ? Set.of(new NodeId("someone")) : Set.of())
                .linkUp(!down)
                .contact(contact)
                .info(info)
                .node();
    }

    /** Every node wants so many replicas, and each master lists the first ones of its own as following closely. */
    public Layouts minReplicas(int wanted, int following) {
        for (var id : List.copyOf(nodes.keySet())) {
            info(id, "config:min-replicas-to-write", Integer.toString(wanted));
        }
        for (int i = 0; i < masters; i++) {
            acknowledged(i, new long[following]);
        }
        return this;
    }

    public ClusterState state() {
        return state(Instant.EPOCH);
    }

    public ClusterState state(Instant at) {
        return new ClusterState(
                "made-up", at, nodes, Map.of(), List.of(), List.of(), SlotOwners.none(), 1, Duration.ofMillis(100), 0);
    }

    public Node of(NodeId id) {
        return nodes.get(id);
    }
}
