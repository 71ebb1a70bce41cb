package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Sorts facts into failovers: also when two masters fail at once, each fact goes to the one it belongs to. A pure function. */
final class Episodes {

    /** A master that was replaced this long ago and is master again may fail anew. */
    private static final Duration ANEW = Duration.ofSeconds(60);

    /** The last thing told of a failover, such as that the old master came back. */
    private static final Duration AFTERMATH = Duration.ofMinutes(10);

    /** A request by hand is over by then (twice CLUSTER_MF_TIMEOUT, cluster.c). */
    private static final Duration BY_HAND = Duration.ofSeconds(10);

    private static final Set<What> ABOUT_IT =
            EnumSet.of(What.SUSPECTS, What.HEARS_SUSPICION, What.MARKS_FAIL, What.HEARS_FAIL);
    private static final Set<What> LOST =
            EnumSet.of(What.GONE, What.SUSPECTS, What.HEARS_SUSPICION, What.MARKS_FAIL, What.HEARS_FAIL);

    /** So much earlier somebody may be seen as a replica than its heir is known to have won. */
    private static final Duration APART = Duration.ofSeconds(1);

    private static final Set<What> BY_ITS_REPLICA = EnumSet.of(
            What.BY_HAND, What.DELAYED, What.TOO_OLD, What.ASKS, What.WON, What.MASTER_NOW, What.CAUGHT_UP, What.WAITS);

    private final Function<Instant, Roster> before;
    private final Terms terms;
    private final List<Episode> found = new ArrayList<>();
    private final Map<NodeId, Episode> latest = new HashMap<>();
    private final Map<NodeId, Instant> replaced = new HashMap<>();

    /** Since when each is trusted again; where nobody but we had lost it: answers us again. */
    private final Map<NodeId, Instant> back = new HashMap<>();

    /** Of whose loss more is known than that it did not answer us. */
    private final Set<NodeId> minded = new HashSet<>();

    /** Since when each that was promoted is master. */
    private final Map<NodeId, Instant> since = new HashMap<>();

    /** When each was last known to be there: it runs, is trusted, or follows another. */
    private final Map<NodeId, Instant> there = new HashMap<>();

    private final Set<NodeId> again = new LinkedHashSet<>();
    private final List<Fact> asked = new ArrayList<>();

    private Episodes(Function<Instant, Roster> before, Terms terms) {
        this.before = before;
        this.terms = terms;
    }

    /** @param facts in the order of time @param before the nodes as they were just before an instant */
    static List<Episode> of(List<Fact> facts, Function<Instant, Roster> before, Terms terms) {
        var episodes = new Episodes(before, terms);
        facts.stream().sorted(Comparator.comparing(Episodes::surely)).forEach(episodes::open);
        facts.stream().filter(f -> !nameless(f)).forEach(episodes::sort);
        facts.stream().filter(Episodes::nameless).forEach(episodes::sort);
        episodes.found.forEach(e -> e.facts().sort(Comparator.comparing(Fact::at)));
        return episodes.found;
    }

    private static Instant latest(Fact fact) {
        return fact.at().plus(fact.within());
    }

    /** What somebody shows who could not be asked for long opens nothing before it has surely happened: others may have told it better. */
    private static Instant surely(Fact fact) {
        return fact.within().compareTo(APART) > 0 ? latest(fact) : fact.at();
    }

    /** A counter that rose: it does not tell whom it was about. */
    private static boolean nameless(Fact fact) {
        return fact.about().isEmpty() && (fact.is(What.GRANTS) || fact.is(What.MARKS_FAIL));
    }

    /** The failed master that a fact speaks of. */
    private static Optional<NodeId> subject(Fact fact, Roster roster) {
        if (ABOUT_IT.contains(fact.what())) {
            return fact.about();
        }
        if (BY_ITS_REPLICA.contains(fact.what())) {
            return roster.masterOf(fact.by());
        }
        return switch (fact.what()) {
            case GONE, BY_HAND_ASKED -> Optional.of(fact.by());
            case MIGRATES -> fact.about();
            default -> Optional.empty();
        };
    }

    /** A request by hand names its replica: right after that became one, the nodes may not have shown it yet. */
    private Roster roster(Instant at) {
        var roster = before.apply(at);
        for (var ask : asked) {
            if (at.isBefore(ask.at().plus(BY_HAND)) && roster.voter(ask.by())) {
                roster = roster.with(ask.about().orElseThrow(), ask.by());
            }
        }
        return roster;
    }

    private void open(Fact fact) {
        if (fact.is(What.BY_HAND_ASKED) && fact.about().isPresent()) {
            asked.add(fact);
            var going = latest.get(fact.by());
            if (going != null && fact.at().isBefore(going.opened.plus(BY_HAND))) {
                going.roster = going.roster.with(fact.about().get(), fact.by());
            }
        }
        joins(fact);
        seenAsMaster(fact);
        present(fact);
        anew(fact);
        var roster = roster(fact.at().minus(fact.within()));
        var subject = subject(fact, roster);
        if (subject.isEmpty()) {
            if (fact.is(What.TRUSTS) || fact.is(What.CLEARS_FAIL)) {
                fact.about().ifPresent(id -> back.put(id, fact.at()));
            } else if (fact.is(What.BACK) && !minded.contains(fact.by())) {
                back.put(fact.by(), fact.at());
            }
            return;
        }
        var failed = subject.get();
        var known = latest.get(failed);
        if (roster.voter(failed) && (known == null || over(failed, known, fact))) {
            var fresh = new Episode(failed, roster, terms, fact, before);
            if (known != null) {
                known.endsBefore(fresh.opened.minusMillis(1));
            }
            again.remove(failed);
            back.remove(failed);
            minded.remove(failed);
            replaced.remove(failed);
            fresh.rules = since.getOrDefault(failed, Instant.MIN);
            latest.put(failed, fresh);
            found.add(fresh);
        }
        if (fact.is(What.GONE) ? !minded.contains(failed) : minded.add(failed)) {
            back.remove(failed);
        }
        if (fact.promotes()) {
            replaced.putIfAbsent(failed, fact.at());
            again.add(fact.by());
            since.merge(
                    fact.by(), fact.at().minus(fact.within()), (old, now) -> now.isAfter(old.plus(APART)) ? now : old);
        }
    }

    /** Others may have seen since when one is master that did not live to show it. */
    private void seenAsMaster(Fact fact) {
        if (fact.is(What.SEES_MASTER) && fact.within().compareTo(APART) < 0) {
            fact.about().ifPresent(id -> since.putIfAbsent(id, fact.at().minus(fact.within())));
        }
    }

    /** Who becomes a replica of the lost one while nobody has taken over may do so: such as the master before it, which hung. */
    private void joins(Fact fact) {
        var master = fact.is(What.FOLLOWS) ? fact.about() : Optional.<NodeId>empty();
        master.map(latest::get)
                .filter(e -> !e.migration && !replaced.containsKey(e.failed) && !back.containsKey(e.failed))
                .ifPresent(e -> e.roster = e.roster.with(fact.by(), e.failed));
    }

    /** Who was replaced, was there again as a replica, and is lost now, is not lost in the failover that was before. */
    private void present(Fact fact) {
        switch (fact.what()) {
            case BACK, STARTED -> there.put(fact.by(), latest(fact));
            case FOLLOWS -> there.put(fact.by(), latest(fact).plus(APART));
            case TRUSTS, CLEARS_FAIL -> fact.about().ifPresent(id -> there.put(id, fact.at()));
            default -> {
                var who = fact.is(What.GONE) ? fact.by() : fact.about().orElse(fact.by());
                var known = latest.get(who);
                var taken = replaced.get(who);
                var seen = there.get(who);
                if (LOST.contains(fact.what())
                        && known != null
                        && taken != null
                        && seen != null
                        && seen.isAfter(taken)
                        && fact.at().minus(fact.within()).isAfter(seen.plus(unanswered(fact)))) {
                    known.endsBefore(fact.at());
                }
            }
        }
    }

    /** So long somebody who was there does not answer before it is lost: what others say sooner is of before. */
    private Duration unanswered(Fact lost) {
        return lost.is(What.GONE) ? Duration.ZERO : Duration.ofMillis(terms.nodeTimeout());
    }

    /** Who was replaced and is master anew: what is seen of its shard from now on is not of its loss before. */
    private void anew(Fact fact) {
        var taken = replaced.get(fact.by());
        var lost = latest.get(fact.by());
        if (fact.promotes() && taken != null && lost != null) {
            lost.endsBefore(fact.at());
        }
    }

    /** Whether that one is done with, so that this fact begins another. */
    private boolean over(NodeId failed, Episode known, Fact fact) {
        var taken = replaced.get(failed);
        if (taken != null) {
            return again.contains(failed) && fact.at().isAfter(taken)
                    || fact.at().isAfter(taken.plus(ANEW)) && !fact.is(What.MASTER_NOW);
        }
        if (fact.is(What.BY_HAND_ASKED) && fact.at().isAfter(known.opened.plus(BY_HAND))) {
            return true; // it hands over itself: whoever suspected it before, without a majority, was wrong
        }
        var trusted = back.get(failed);
        long quiet = terms.nodeTimeout();
        return trusted != null && trusted.isAfter(known.opened) && fact.at().isAfter(trusted.plusMillis(quiet));
    }

    private void sort(Fact fact) {
        switch (fact.what()) {
            case STATE_FAIL, STATE_OK, EPOCH ->
                found.stream()
                        .filter(e -> !fact.at().isAfter(e.opened.plus(AFTERMATH)))
                        .filter(e -> won(e, fact.at()) && !fact.is(What.EPOCH)
                                ? servesAtLast(fact, e)
                                : e.covers(fact.at()) && !backBefore(fact, e))
                        .forEach(e -> e.add(fact));
            default -> {
                add(fact, Belonging.times(fact), e -> Belonging.of(fact, e));
                add(
                        fact,
                        1,
                        e -> Belonging.otherSide(
                                fact, e)); // besides: that a lost one holds others for lost tells of both
            }
        }
    }

    private void add(Fact fact, long most, Predicate<Episode> to) {
        found.stream()
                .filter(e -> e.covers(fact.at()) && !fact.at().isAfter(e.opened.plus(AFTERMATH)))
                .filter(to)
                .filter(e -> e.won().isPresent() || !backBefore(fact, e))
                .sorted(Comparator.comparingLong(e -> Belonging.distance(fact, e)))
                .limit(most)
                .toList()
                .forEach(e -> e.add(fact));
    }

    /** Whether its master was replaced by then, and the others have had a moment to say what they made of it. */
    private static boolean won(Episode e, Instant at) {
        return e.won().filter(w -> at.isAfter(w.at().plus(APART))).isPresent();
    }

    /** Whether who refused because of it serves again only now; who refuses once more has another cause for that. */
    private static boolean servesAtLast(Fact fact, Episode e) {
        return fact.is(What.STATE_OK)
                && Course.last(e.facts().stream()
                                .filter(f -> f.is(What.STATE_FAIL) || f.is(What.STATE_OK))
                                .filter(f -> f.by().equals(fact.by())))
                        .filter(f -> f.is(What.STATE_FAIL))
                        .isPresent();
    }

    /** Whether its master was back and well for long by then: the fact tells of something else. */
    private boolean backBefore(Fact fact, Episode e) {
        return e.wellAgain()
                .filter(t -> fact.at().isAfter(t.plusMillis(terms.nodeTimeout())))
                .isPresent();
    }
}
