package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * Who is whose replica after victories that nobody has looked at in calm yet: failovers that follow one another at once. Immutable.
 */
final class Promotions {

    /** What all nodes show together may be this much older than the last look: what was in it already changes nothing. */
    private static final Duration LATE = Duration.ofSeconds(1);

    private record Victory(Optional<NodeId> winner, long epoch) {}

    private final Map<Victory, Fact> first;
    private final List<Fact> changes;

    /** @param facts what was told, of any time */
    Promotions(List<Fact> facts) {
        first = facts.stream()
                .filter(f -> f.promoted().isPresent() && f.number() > 0)
                .collect(Collectors.toMap(
                        Promotions::victory, f -> f, BinaryOperator.minBy(Comparator.comparing(Fact::latest))));
        changes = facts.stream()
                .filter(f -> f.promoted().isPresent() ? !stale(f) : f.is(What.FOLLOWS))
                .sorted(Comparator.comparing(Promotions::when))
                .toList();
    }

    /** Who came back followed its master all the while, for all that we know. */
    private static Instant when(Fact fact) {
        return fact.is(What.FOLLOWS) ? fact.at() : fact.surely();
    }

    private static Victory victory(Fact fact) {
        return new Victory(fact.promoted(), fact.number());
    }

    /** Whether it tells of a victory that somebody surely saw sooner. */
    boolean stale(Fact fact) {
        return fact.promoted().isPresent() && fact.number() > 0 && first.get(victory(fact)) != fact;
    }

    /** @param calm the nodes as they were at {@code since} */
    List<Member> applied(List<Member> calm, Instant since, Instant until) {
        var later = changes.stream()
                .filter(f -> f.latest().isAfter(since.minus(LATE)) && when(f).isBefore(until))
                .toList();
        if (later.isEmpty()) {
            return calm;
        }
        var members = new LinkedHashMap<NodeId, Member>();
        calm.forEach(m -> members.put(m.id(), m));
        later.forEach(f -> {
            f.promoted().ifPresent(winner -> promote(winner, members));
            if (f.is(What.FOLLOWS)) {
                f.about().ifPresent(master -> follow(f.by(), master, members));
            }
        });
        return List.copyOf(members.values());
    }

    /** A master that comes back is a replica by its own word alone; of one that is about to be promoted its followers know before we do. */
    private static void follow(NodeId node, NodeId master, Map<NodeId, Member> members) {
        var its = members.get(master);
        if (its != null && its.master().isEmpty() && !master.equals(node)) {
            members.computeIfPresent(node, (id, m) -> m.following(Optional.of(master), 0, ""));
        }
    }

    private static void promote(NodeId winner, Map<NodeId, Member> members) {
        var heir = members.get(winner);
        var old = heir == null ? null : heir.master().map(members::get).orElse(null);
        if (heir == null || old == null) {
            return;
        }
        for (var m : List.copyOf(members.values())) {
            if (m.id().equals(old.id()) || m.master().filter(old.id()::equals).isPresent()) {
                members.put(m.id(), m.following(Optional.of(winner), 0, ""));
            }
        }
        members.put(winner, heir.following(Optional.empty(), old.slots(), old.ranges()));
    }
}
