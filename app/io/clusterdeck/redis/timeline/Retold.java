package io.clusterdeck.redis.timeline;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of one failover when it is told a second time, from other evidence or by another process. Pure functions. */
final class Retold {

    private Retold() {}

    /**
     * Whether two tell the same failover: of one master, with one epoch of its new one; where an epoch is not known, at about the same time.
     * Two processes date its beginning by what each of them saw; who has only the logs may know of it no sooner than its end.
     */
    static boolean same(Timeline a, Timeline b) {
        if (!a.failed().equals(b.failed())) {
            return false;
        }
        return a.epoch() > 0 && b.epoch() > 0
                ? a.epoch() == b.epoch()
                : near(a, b) || a.winner().isPresent() && a.winner().equals(b.winner()) && meet(a, b);
    }

    private static boolean meet(Timeline a, Timeline b) {
        return !a.began().isAfter(b.ended().orElse(Instant.MAX))
                && !b.began().isAfter(a.ended().orElse(Instant.MAX));
    }

    /** Whether they began at about the same time. */
    static boolean near(Timeline a, Timeline b) {
        return apart(a, b) < Math.max(5000, 2 * b.terms().nodeTimeout());
    }

    /** How far apart they began, in milliseconds. */
    static long apart(Timeline a, Timeline b) {
        return Math.abs(Episode.millis(a.began(), b.began()));
    }

    /**
     * The better of the two, or both together; empty where the second tells nothing more.
     *
     * @param from what the second was told from: fewer facts tell it better where the others were there and are of something else
     */
    static Optional<Timeline> better(Timeline old, Timeline fresh, List<Fact> from) {
        boolean fewer = old.over() && old.facts().size() > fresh.facts().size() && !allIn(from, old);
        if (fewer && (logged(old) || !logged(fresh) || !old.winner().equals(fresh.winner()))) {
            // told from fewer facts than when it was kept: who won then is not forgotten either
            return withItsSide(old, fresh);
        }
        return Optional.of(fewer ? beside(old, fresh) : fresh);
    }

    /** The log of the lost master may be read only when its host is reached again: that it lived, and took writes, is added then. */
    private static Optional<Timeline> withItsSide(Timeline seen, Timeline told) {
        var its = told.facts().stream()
                .filter(f -> f.logged() && f.by().equals(seen.failed()))
                .toList();
        if (its.isEmpty()
                || !seen.winner().equals(told.winner())
                || seen.facts().stream().anyMatch(f -> f.logged() && f.by().equals(seen.failed()))) {
            return Optional.empty();
        }
        return Optional.of(Sides.added(beside(told.with(its), seen), told));
    }

    /** By their evidence: what a log tells is dated anew with every measurement of its clock, and a number read from a file is of another class. */
    private static boolean allIn(List<Fact> from, Timeline told) {
        var there = from.stream().map(Retold::evidence).collect(Collectors.toSet());
        return told.facts().stream().map(Retold::evidence).allMatch(there::contains);
    }

    private static List<Object> evidence(Fact fact) {
        return List.of(fact.by(), fact.what(), fact.evidence().toString(), fact.logged() ? "" : fact.at());
    }

    private static boolean logged(Timeline timeline) {
        return timeline.facts().stream().anyMatch(Fact::logged);
    }

    /** Told by logs that could not be read when it was kept; what was seen then stays evidence. */
    private static Timeline beside(Timeline seen, Timeline told) {
        return told.with(Stream.concat(seen.facts().stream(), told.facts().stream())
                .distinct()
                .sorted(Comparator.comparing(Fact::at))
                .toList());
    }

    /** Clocks are measured again and again, and the pace of the watch changes: neither makes a failover that is over another one. */
    static boolean already(Timeline old, Timeline fresh) {
        return old.over()
                && old.outcome() == fresh.outcome()
                && old.facts().size() == fresh.facts().size()
                && Sides.among(old.notes()).equals(Sides.among(fresh.notes()))
                && old.clocks().size() == fresh.clocks().size();
    }

    /**
     * What lies there and what is known here, under the name of what lies there.
     *
     * @param from what the one here was told from
     */
    static Kept together(Kept there, Kept here, List<Fact> from) {
        var timeline = better(there.timeline(), here.timeline(), from)
                .filter(t -> !already(there.timeline(), t))
                .orElse(there.timeline());
        return new Kept(
                timeline.named(there.timeline().id()),
                here.measured().or(there::measured),
                there.before().or(here::before),
                here.after().or(there::after));
    }
}
