package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which nodes were there at what time, by all facts, whatever failover these belong to. */
final class Presence {

    private final List<Fact> facts = new ArrayList<>();
    private final Map<NodeId, List<Fact>> about = new HashMap<>();

    /** @param all in the order of time */
    Presence(List<Fact> all) {
        for (var f : all) {
            switch (f.what()) {
                case GONE, BACK, STARTED -> put(f, f.by());
                case SUSPECTS, HEARS_FAIL, MARKS_FAIL, TRUSTS, CLEARS_FAIL ->
                    f.about().ifPresent(id -> put(f, id));
                default -> {}
            }
        }
    }

    private void put(Fact fact, NodeId whom) {
        facts.add(fact);
        about.computeIfAbsent(whom, id -> new ArrayList<>()).add(fact);
    }

    private List<Fact> of(NodeId node) {
        return about.getOrDefault(node, List.of());
    }

    /** Who was gone or suspected then. */
    Set<NodeId> away(Instant at) {
        var away = new HashSet<NodeId>();
        for (var f : facts) {
            if (f.at().isAfter(at)) {
                break;
            }
            switch (f.what()) {
                case GONE -> away.add(f.by());
                case BACK, STARTED -> away.remove(f.by());
                case TRUSTS, CLEARS_FAIL -> f.about().ifPresent(away::remove);
                default -> f.about().ifPresent(away::add);
            }
        }
        return away;
    }

    /** Whether it was lost in that time. */
    boolean lost(NodeId node, Instant from, Instant to) {
        return of(node).stream()
                .filter(f -> f.is(What.GONE) || f.is(What.HEARS_FAIL) || f.is(What.MARKS_FAIL))
                .anyMatch(f -> f.at().isAfter(from) && !f.at().isAfter(to));
    }

    /** Whether it did not answer us, or was started anew, at any time in between: what it then shows as new had been so before. */
    boolean absent(NodeId node, Instant from, Instant to) {
        boolean gone = false;
        for (var f : of(node)) {
            if (f.at().isAfter(to)) {
                break;
            }
            switch (f.what()) {
                case GONE -> gone = true;
                case BACK -> gone = gone && f.at().isBefore(from) ? false : gone;
                case STARTED -> gone = !f.at().isBefore(from);
                default -> {}
            }
        }
        return gone;
    }

    /** Whether who shows this was started anew in the time in which it happened: its counters began anew. */
    boolean started(Fact shown) {
        return of(shown.by()).stream()
                .anyMatch(f -> f.is(What.STARTED)
                        && Duration.between(f.at(), shown.at())
                                        .abs()
                                        .compareTo(f.within().plus(shown.within()))
                                <= 0);
    }

    /** Whether one of these held it for lost in that time. */
    boolean suspected(NodeId node, Set<NodeId> by, Instant from, Instant to) {
        return of(node).stream()
                .filter(f -> f.is(What.SUSPECTS) || f.is(What.HEARS_FAIL) || f.is(What.MARKS_FAIL))
                .anyMatch(f -> by.contains(f.by()) && f.at().isAfter(from) && f.at().isBefore(to));
    }
}
