package io.clusterdeck.redis.health;

import static io.clusterdeck.redis.health.Findings.about;
import static io.clusterdeck.redis.health.Findings.whole;

import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** Whether every slot is served. */
final class Service {

    /** So many ranges or slots are named, the rest is counted. */
    private static final int NAMED = 6;

    private Service() {}

    static Stream<Finding> noCluster(Case at) {
        if (!at.noCluster()) {
            return Stream.empty();
        }
        return Stream.of(whole(
                "no-cluster",
                Level.BAD,
                Optional.of("create"),
                "count",
                at.state().nodes().size()));
    }

    /** Slots that nobody owns. */
    static Stream<Finding> unassigned(Case at) {
        int free = SlotRange.SLOTS - at.state().owners().covered();
        if (free == 0 || at.noCluster() || at.state().nodes().isEmpty()) {
            return Stream.empty();
        }
        var ranges = ranges(slot -> at.state().owners().index(slot) < 0);
        return Stream.of(whole("slots-uncovered", Level.BAD, Optional.empty(), "count", free, "ranges", named(ranges)));
    }

    /**
     * Slots whose master is out of service, as it is known or others say, too. With a replica that is fit, a takeover is on its way or can
     * be ordered.
     */
    static Stream<Finding> unserved(Case at) {
        return at.masters().filter(at::down).filter(m -> !at.unsure(m)).map(master -> {
            var replica = at.fitReplicaOf(master);
            return replica.isPresent()
                    ? about(
                            master,
                            "slots-unserved",
                            Level.BAD,
                            Reach.remedy("failover", replica.get()),
                            "count",
                            master.slotCount(),
                            "replica",
                            replica.get().address())
                    : about(
                            master,
                            "slots-lost",
                            Level.BAD,
                            at.dead(master) ? Reach.remedy("start", master) : Optional.empty(),
                            "count",
                            master.slotCount());
        });
    }

    /** Nodes that refuse keys, with the reason as far as it can be told from outside. */
    static Stream<Finding> clusterFail(Case at) {
        if (at.noCluster()) {
            return Stream.empty();
        }
        var failing = at.nodes().filter(Node::refusesKeys).toList();
        if (failing.isEmpty()) {
            return Stream.empty();
        }
        long masters = at.masters().count();
        long down = at.masters().filter(at::down).count();
        boolean uncovered = at.state().owners().covered() < SlotRange.SLOTS || down > 0;
        var reason = down * 2 >= masters && masters > 0
                ? Say.of("health.cluster-fail.minority", "down", down, "masters", masters)
                : uncovered ? Say.of("health.cluster-fail.coverage") : Say.of("health.cluster-fail.joining");
        return Stream.of(whole(
                "cluster-fail",
                Level.BAD,
                Optional.empty(),
                "count",
                failing.size(),
                "of",
                at.nodes().filter(Node::answers).count(),
                "nodes",
                failing.stream().limit(NAMED).map(n -> n.address().toString()).toList(),
                "reason",
                reason));
    }

    /** Slots left half way between two masters. */
    static Stream<Finding> openSlots(Case at) {
        return at.nodes()
                .filter(n -> !n.migrating().isEmpty() || !n.importing().isEmpty())
                .map(n -> {
                    var slots = Stream.concat(n.migrating().keySet().stream(), n.importing().keySet().stream())
                            .distinct()
                            .sorted()
                            .toList();
                    return about(
                            n,
                            "open-slots",
                            Level.WARN,
                            Optional.empty(),
                            "migrating",
                            n.migrating().size(),
                            "importing",
                            n.importing().size(),
                            "slots",
                            slots.stream().limit(NAMED).map(Object::toString).toList());
                });
    }

    static List<SlotRange> ranges(IntPredicate in) {
        var ranges = new ArrayList<SlotRange>();
        int from = -1;
        for (int slot = 0; slot <= SlotRange.SLOTS; slot++) {
            boolean inside = slot < SlotRange.SLOTS && in.test(slot);
            if (inside && from < 0) {
                from = slot;
            } else if (!inside && from >= 0) {
                ranges.add(new SlotRange(from, slot - 1));
                from = -1;
            }
        }
        return ranges;
    }

    private static List<String> named(List<SlotRange> ranges) {
        var named = new ArrayList<>(
                ranges.stream().limit(NAMED).map(SlotRange::toString).toList());
        if (ranges.size() > NAMED) {
            named.add("…");
        }
        return named;
    }
}
