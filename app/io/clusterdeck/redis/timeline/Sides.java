package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which side a failover is told from: who could not be asked while it went on. From one side a network that is split looks like a death.
 *
 * @param absences when each node did not answer us and was not restarted, the oldest first
 */
record Sides(Map<NodeId, List<Absence>> absences) {

    private static final String ONE_SIDE = "timeline.note.one-side";
    private static final String UNSEEN = "timeline.note.unseen";

    /** A restart shows within this of the first answer. */
    private static final Duration SOON = Duration.ofSeconds(10);

    /** @param to the end of time where it still does not answer */
    record Absence(Instant from, Instant to) {
        boolean touches(Instant began, Instant ended) {
            return from.isBefore(ended) && to.isAfter(began);
        }
    }

    /** @param facts in the order of time */
    static Sides of(List<Fact> facts) {
        var absences = new HashMap<NodeId, List<Absence>>();
        for (var f : facts) {
            switch (f.what()) {
                case GONE ->
                    absences.computeIfAbsent(f.by(), id -> new ArrayList<>()).add(new Absence(f.at(), Instant.MAX));
                case BACK -> absences.computeIfPresent(f.by(), (id, all) -> ended(all, f.at()));
                case STARTED ->
                    absences.computeIfPresent(f.by(), (id, all) -> {
                        all.removeIf(a -> a.to().isAfter(f.at().minus(SOON)));
                        return all;
                    });
                default -> {}
            }
        }
        return new Sides(absences);
    }

    private static List<Absence> ended(List<Absence> all, Instant at) {
        all.replaceAll(a -> a.to().equals(Instant.MAX) ? new Absence(a.from(), at) : a);
        return all;
    }

    /**
     * That the lost master says itself that it saw no majority, before it was replaced, or was trusted again: it lived, and took writes until
     * then. One that was started again meanwhile was dead.
     */
    static Optional<Say> cutOff(Course c, Instant now) {
        var over = c.won.map(Fact::at).or(c.e::trustedAgain).orElse(now);
        var until = Stream.concat(
                        Stream.of(over.plusMillis(c.e.terms.nodeTimeout())),
                        c.e.all(What.STARTED)
                                .filter(f -> f.by().equals(c.e.failed))
                                .map(Fact::at)
                                .filter(c.began::isBefore))
                .min(Instant::compareTo)
                .orElseThrow();
        return c.e.all(What.STATE_FAIL)
                .filter(f -> f.by().equals(c.e.failed) && f.logged())
                .filter(f -> f.at().isAfter(c.began) && f.at().isBefore(until))
                .findFirst()
                .map(f -> Say.of(
                        "timeline.why.cut-off",
                        "node",
                        c.e.roster.name(c.e.failed),
                        "t",
                        Episode.millis(c.began, f.at())));
    }

    /** Those of some notes that tell of sides. */
    static List<Say> among(List<Say> notes) {
        return notes.stream()
                .filter(n -> n.key().equals(ONE_SIDE) || n.key().equals(UNSEEN))
                .toList();
    }

    /** What of this failover is not known, or not yet. */
    List<Say> notes(Course course, Instant ended, Reconstruction.Setting setting) {
        var waited = new HashSet<NodeId>();
        var never = new HashSet<NodeId>();
        for (var member : course.e.roster.members()) {
            for (var absence : absences.getOrDefault(member.id(), List.of())) {
                if (absence.touches(course.began, ended)) {
                    if (absence.to().equals(Instant.MAX)) {
                        waited.add(member.id());
                    } else if (setting.unlogged().test(member.id())) {
                        never.add(member.id());
                    }
                }
            }
        }
        waited.removeIf(setting.unheard().negate());
        var notes = new ArrayList<Say>();
        if (!waited.isEmpty()) {
            notes.add(Say.of(
                    ONE_SIDE, "nodes", course.e.roster.names(waited), "others", others(course.e.roster, waited)));
        }
        if (!never.isEmpty()) {
            notes.add(Say.of(UNSEEN, "nodes", course.e.roster.names(never)));
        }
        return notes;
    }

    private static List<String> others(Roster roster, Set<NodeId> without) {
        return roster.names(roster.members().stream()
                .map(Member::id)
                .filter(id -> !without.contains(id))
                .toList());
    }
}
