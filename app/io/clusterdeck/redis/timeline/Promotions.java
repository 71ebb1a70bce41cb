package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is whose replica after victories that nobody has looked at in calm yet: failovers that follow one another at once. A pure function. */
final class Promotions {

    private static final Duration LATE = Duration.ofSeconds(1);

    private Promotions() {}

    /** @param calm the nodes as they were at {@code since} @param facts what was told, of any time */
    static List<Member> applied(List<Member> calm, Instant since, List<Fact> facts, Instant until) {
        var changes = facts.stream()
                .filter(f ->
                        f.promotes() || f.is(What.FOLLOWS) || f.is(What.SEES_MASTER) && inTime(f) && !tells(f, facts))
                .filter(f -> f.at().plus(f.within()).isAfter(since))
                .filter(f -> f.at().plus(f.within()).isBefore(until))
                .sorted(Comparator.comparing(Fact::at))
                .toList();
        if (changes.isEmpty()) {
            return calm;
        }
        var members = new LinkedHashMap<NodeId, Member>();
        calm.forEach(m -> members.put(m.id(), m));
        changes.forEach(f -> {
            if (f.promotes()) {
                promote(f.by(), members);
            } else if (f.is(What.SEES_MASTER)) {
                f.about().ifPresent(winner -> promote(winner, members));
            } else {
                f.about().ifPresent(master -> follow(f.by(), master, members));
            }
        });
        return List.copyOf(members.values());
    }

    /** Others may have seen what the winner did not live to show; who could not be asked for long shows what may be over. */
    private static boolean inTime(Fact fact) {
        return fact.within().compareTo(LATE) < 0;
    }

    /** Whether the winner tells it itself. */
    private static boolean tells(Fact seen, List<Fact> facts) {
        return facts.stream()
                .anyMatch(f -> f.promotes()
                        && seen.isAbout(f.by())
                        && inTime(f)
                        && Duration.between(f.at(), seen.at()).abs().compareTo(LATE.plus(LATE)) < 0);
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
