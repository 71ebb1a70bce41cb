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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which side a failover is told from: who could not be asked while it went on. From one side a network that is split looks like a death.
 *
 * @param absences when each node did not answer us and was not restarted, the oldest first
 */
record Sides(Map<NodeId, List<Absence>> absences) {

    private static final String ONE_SIDE = "timeline.note.one-side";
    private static final String UNSEEN = "timeline.note.unseen";

    /** The reasons that only what the lost master says itself can tell. */
    private static final Set<String> OWN =
            Set.of("timeline.why.cut-off", "timeline.why.cut-off.kept", "timeline.why.partition");

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
     * then; these are lost only where it was replaced. One that was started again meanwhile was dead.
     */
    static Optional<Say> cutOff(Course c, Instant now) {
        var until = ownSide(c, now);
        return c.e.all(What.STATE_FAIL)
                .filter(f -> f.by().equals(c.e.failed) && f.logged())
                .filter(f -> f.at().isAfter(c.began) && f.at().isBefore(until))
                .findFirst()
                .map(f -> Say.of(
                        c.won.isPresent() ? "timeline.why.cut-off" : "timeline.why.cut-off.kept",
                        "node",
                        c.e.roster.name(c.e.failed),
                        "t",
                        Episode.millis(c.began, f.at())));
    }

    /** Two groups that each believe the other lost; whom both hold for lost is on neither side, and who was started anew was dead. */
    static Optional<Say> split(Course c, Instant now, Presence presence) {
        var e = c.e;
        var here = Stream.of(What.SUSPECTS, What.HEARS_FAIL, What.MARKS_FAIL)
                .flatMap(e::onFailed)
                .map(Fact::by)
                .filter(id -> !id.equals(e.failed))
                .collect(Collectors.toSet());
        long timeout = e.terms.nodeTimeout();
        var until = ownSide(c, now);
        var there = e.facts().stream()
                .filter(f -> f.by().equals(e.failed) && (f.is(What.SUSPECTS) || f.is(What.HEARS_FAIL)))
                .filter(f -> f.at().isAfter(c.began) && f.at().isBefore(until))
                .flatMap(f -> f.about().stream())
                .filter(id -> !presence.suspected(id, here, c.began.minusMillis(timeout), until))
                .collect(Collectors.toSet());
        return there.isEmpty()
                ? Optional.empty()
                : Optional.of(Say.of(
                        "timeline.why.partition",
                        "node",
                        e.roster.name(e.failed),
                        "here",
                        here.isEmpty() ? List.of("–") : e.roster.names(here),
                        "there",
                        e.roster.names(there)));
    }

    /** Until when what the lost master says is of its own side: it was replaced or trusted again then, or started anew. */
    private static Instant ownSide(Course c, Instant now) {
        return Stream.concat(
                        Stream.of(c.over().orElse(now).plusMillis(c.e.terms.nodeTimeout())),
                        c.e.all(What.STARTED)
                                .filter(f -> f.by().equals(c.e.failed))
                                .map(Fact::at)
                                .filter(c.began::isBefore))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** Those of some notes that tell of sides. */
    static List<Say> among(List<Say> notes) {
        return notes.stream()
                .filter(n -> n.key().equals(ONE_SIDE) || n.key().equals(UNSEEN))
                .toList();
    }

    /** What was told before the lost master's own side was known, with what a later telling knows of that. */
    static Timeline added(Timeline before, Timeline later) {
        var keys = before.why().stream().map(Say::key).collect(Collectors.toSet());
        var why = Stream.concat(
                        before.why().stream(),
                        later.why().stream().filter(w -> OWN.contains(w.key()) && !keys.contains(w.key())))
                .toList();
        var sides = among(before.notes());
        var notes = Stream.concat(
                        among(later.notes()).stream(), before.notes().stream().filter(n -> !sides.contains(n)))
                .toList();
        return before.because(why, notes);
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
