package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is whose replica after victories that nobody has looked at in calm yet: failovers that follow one another at once. A pure function. */
final class Promotions {

    private Promotions() {}

    /** @param calm the nodes as they were at {@code since} @param facts what was told, of any time */
    static List<Member> applied(List<Member> calm, Instant since, List<Fact> facts, Instant until) {
        var victories = facts.stream()
                .filter(Fact::promotes)
                .filter(f -> f.at().isAfter(since) && f.at().isBefore(until))
                .sorted(Comparator.comparing(Fact::at))
                .toList();
        if (victories.isEmpty()) {
            return calm;
        }
        var members = new LinkedHashMap<NodeId, Member>();
        calm.forEach(m -> members.put(m.id(), m));
        victories.forEach(v -> promote(v.by(), members));
        return List.copyOf(members.values());
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
