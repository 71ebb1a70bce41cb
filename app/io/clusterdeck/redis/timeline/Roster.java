package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The nodes as they were at one time: who was whose replica, and who may vote. */
final class Roster {

    private final List<Member> members;
    private final Map<NodeId, Member> byId = new LinkedHashMap<>();

    Roster(List<Member> members) {
        this.members = members;
        members.forEach(m -> byId.put(m.id(), m));
    }

    List<Member> members() {
        return members;
    }

    Optional<Member> of(NodeId id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<NodeId> masterOf(NodeId id) {
        return of(id).flatMap(Member::master);
    }

    boolean voter(NodeId id) {
        return of(id).filter(Member::voter).isPresent();
    }

    List<Member> voters() {
        return members.stream().filter(Member::voter).toList();
    }

    /** More than half of the masters that hold slots: as many must suspect, and as many must vote. */
    int needed() {
        return voters().size() / 2 + 1;
    }

    List<Member> replicasOf(NodeId master) {
        return members.stream()
                .filter(m -> m.master().filter(master::equals).isPresent())
                .toList();
    }

    /** The same where one is a replica of another. */
    Roster with(NodeId replica, NodeId master) {
        return new Roster(members.stream()
                .map(m -> m.id().equals(replica) ? m.following(Optional.of(master), 0, "") : m)
                .toList());
    }

    String name(NodeId id) {
        return of(id).map(Member::name).orElse(id.brief());
    }

    List<String> names(java.util.Collection<NodeId> ids) {
        return ids.stream().map(this::name).sorted().toList();
    }
}
