package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.Role;
import java.util.List;
import java.util.Map;

/** The two nodes between which a shard changes hands, and how far the others know of it. */
record Succession(Addressed heir, Addressed old) {

    /** Whether a view takes the heir for the master. */
    boolean promoted(List<NodeRow> view) {
        return Observers.row(view, heir.id())
                        .filter(r -> r.role() == Role.MASTER)
                        .isPresent()
                && Observers.row(view, old.id()).map(r -> r.slots().isEmpty()).orElse(true);
    }

    /** Whether a view takes the old master for a replica of the heir. */
    boolean follows(List<NodeRow> view) {
        return Observers.row(view, old.id())
                .flatMap(NodeRow::master)
                .filter(heir.id()::equals)
                .isPresent();
    }

    /** Whether most of those that answer take the heir for the master. */
    boolean elected(Map<NodeAddress, List<NodeRow>> views) {
        return Observers.most(views, this::promoted);
    }

    /** Whether all that answer take the heir for a replica of the old master. */
    boolean known(Map<NodeAddress, List<NodeRow>> views) {
        return views.values().stream()
                .allMatch(v -> Observers.row(v, heir.id())
                        .flatMap(NodeRow::master)
                        .filter(old.id()::equals)
                        .isPresent());
    }

    /** Whether the heir still says of itself that it follows the old master. */
    boolean pending(Map<NodeAddress, List<NodeRow>> views) {
        return Observers.row(views.getOrDefault(heir.address(), List.of()), heir.id())
                .flatMap(NodeRow::master)
                .filter(old.id()::equals)
                .isPresent();
    }

    /**
     * Whether anyone knows of another master that has taken slots of the old one's, of which the heir may not have heard yet. The higher
     * configuration epoch wins (clusterUpdateSlotsConfigWith in cluster.c); a view that is older than the heir's has the lower one.
     */
    boolean overtaken(Map<NodeAddress, List<NodeRow>> views) {
        var owner = Observers.row(views.getOrDefault(heir.address(), List.of()), old.id());
        return owner.isPresent()
                && views.values().stream()
                        .flatMap(List::stream)
                        .anyMatch(r -> r.role() == Role.MASTER
                                && !r.id().equals(old.id())
                                && r.epoch() > owner.get().epoch()
                                && r.slots().stream()
                                        .anyMatch(s -> owner.get().slots().stream()
                                                .anyMatch(o -> o.from() <= s.to() && s.from() <= o.to())));
    }

    /**
     * Whether it is over: the heir knows it, too; and the old master, if it answers, says that it follows it, and the new master sees that:
     * until then a failover back would be ignored (it takes a request only from whom it knows as its replica; cluster.c, MFSTART).
     */
    boolean over(Map<NodeAddress, List<NodeRow>> views) {
        var before = views.get(old.address());
        var mine = views.getOrDefault(heir.address(), List.of());
        return elected(views) && promoted(mine) && (before == null || follows(mine) && follows(before));
    }
}
