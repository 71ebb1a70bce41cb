package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.Timeline.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who served no more because of a failover, and since when each does again. */
final class Service {
    private final Course c;
    private final Episode e;
    private final Presence presence;
    final Map<NodeId, Fact> refused;
    final Map<NodeId, Fact> serving;

    /** @param course whose beginning, kind and winner are known */
    Service(Course course, Presence presence) {
        this.c = course;
        this.e = course.e;
        this.presence = presence;
        this.refused = refused();
        this.serving = serving();
    }

    /** Who said, and when first, that it serves no more because of this; those that were lost themselves say nothing further. */
    private Map<NodeId, Fact> refused() {
        var until = c.over().map(o -> o.plusMillis(Course.BEFORE)).orElse(Instant.MAX);
        return Episode.byNode(e.all(What.STATE_FAIL)
                .filter(f -> !f.latest().isBefore(c.began))
                .filter(f -> f.at().isBefore(until))
                .filter(f -> !f.by().equals(e.failed))
                .filter(f -> !presence.lost(f.by(), f.at(), until)));
    }

    /** When each node that refused said ok again. */
    private Map<NodeId, Fact> serving() {
        var from = c.won.map(w -> w.earliest());
        var again = Episode.byNode(e.all(What.STATE_OK)
                .filter(f -> refused.containsKey(f.by()))
                .filter(f -> from.isEmpty() || !f.latest().isBefore(from.get())));
        // a master that is reachable again and that nobody replaced is trusted before somebody wins after all
        refused.keySet().stream()
                .filter(id -> !again.containsKey(id))
                .flatMap(id -> Course.last(Stream.of(What.STATE_FAIL, What.STATE_OK)
                                .flatMap(e::all)
                                .filter(f -> f.by().equals(id)))
                        .stream())
                .filter(f -> f.is(What.STATE_OK))
                .forEach(f -> again.put(f.by(), f));
        return again;
    }

    /** When the last node that refused served again, or, where none refused, when the last knew of the new master. */
    Optional<Fact> servedAll() {
        if (c.won.isEmpty()) {
            return Optional.empty();
        }
        var late = Course.last(serving.values().stream());
        return late.isPresent()
                ? late
                : Course.last(Episode.byNode(e.all(What.SEES_MASTER).filter(this::wasThere)).values().stream())
                        .or(c::promotionSeen)
                        .or(() -> c.won);
    }

    /** Whoever was away and comes back shows as new what all others have known for long. */
    private boolean wasThere(Fact fact) {
        return !(c.kind == Kind.AUTOMATIC && fact.by().equals(e.failed))
                && e.roster
                        .of(fact.by())
                        .filter(m -> m.answered() && !m.failed())
                        .isPresent()
                && !presence.absent(fact.by(), c.began, fact.latest());
    }
}
