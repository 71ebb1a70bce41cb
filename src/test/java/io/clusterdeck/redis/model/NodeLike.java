package io.clusterdeck.redis.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A node that is like another but for what a test says. */
public final class NodeLike {
    private final Node like;
    private NodeAddress address;
    private Role role;
    private Optional<NodeId> master;
    private List<SlotRange> slots;
    private Map<Integer, NodeId> migrating;
    private Map<Integer, NodeId> importing;
    private Set<Flag> flags;
    private Set<NodeId> suspectedBy;
    private long epoch;
    private boolean linkUp;
    private Contact contact;
    private Optional<NodeInfo> info;
    private Map<String, String> refused;

    public NodeLike(Node like) {
        this.like = like;
        address = like.address();
        role = like.role();
        master = like.master();
        slots = like.slots();
        migrating = like.migrating();
        importing = like.importing();
        flags = like.flags();
        suspectedBy = like.suspectedBy();
        epoch = like.epoch();
        linkUp = like.linkUp();
        contact = like.contact();
        info = like.info();
        refused = like.refused();
    }

    public NodeLike at(NodeAddress other) {
        address = other;
        return this;
    }

    /** With the flag of its role, and of that alone. */
    public NodeLike role(Role other, Optional<NodeId> of) {
        role = other;
        master = of;
        flags = Set.of(other == Role.MASTER ? Flag.MASTER : Flag.REPLICA);
        return this;
    }

    public NodeLike slots(List<SlotRange> other) {
        slots = other;
        return this;
    }

    public NodeLike migrating(Map<Integer, NodeId> to) {
        migrating = to;
        return this;
    }

    public NodeLike importing(Map<Integer, NodeId> from) {
        importing = from;
        return this;
    }

    public NodeLike flags(Set<Flag> other) {
        flags = other;
        return this;
    }

    public NodeLike suspectedBy(Set<NodeId> other) {
        suspectedBy = other;
        return this;
    }

    public NodeLike epoch(long other) {
        epoch = other;
        return this;
    }

    public NodeLike linkUp(boolean up) {
        linkUp = up;
        return this;
    }

    public NodeLike contact(Contact other) {
        contact = other;
        return this;
    }

    public NodeLike info(Optional<NodeInfo> other) {
        info = other;
        return this;
    }

    public NodeLike refused(Map<String, String> other) {
        refused = other;
        return this;
    }

    public Node node() {
        return new Node(
                like.id(),
                address,
                like.host(),
                role,
                master,
                slots,
                migrating,
                importing,
                flags,
                suspectedBy,
                epoch,
                linkUp,
                contact,
                info,
                refused);
    }
}
