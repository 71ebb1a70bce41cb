package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Sorts facts into failovers: also when two masters fail at once, each fact goes to the one it belongs to. A pure function. */
final class Episodes {

    /** The last thing told of a failover, such as that the old master came back. */
    private static final Duration AFTERMATH = Duration.ofMinutes(10);

    private static final Set<What> ABOUT_IT =
            EnumSet.of(What.SUSPECTS, What.HEARS_SUSPICION, What.MARKS_FAIL, What.HEARS_FAIL);
    private static final Set<What> BY_ITS_REPLICA = EnumSet.of(
            What.BY_HAND, What.DELAYED, What.TOO_OLD, What.ASKS, What.WON, What.MASTER_NOW, What.CAUGHT_UP, What.WAITS);

    private final Function<Instant, Roster> before;
    private final Terms terms;
    private final List<Episode> found = new ArrayList<>();
    private final Map<NodeId, Reign> reigns = new HashMap<>();
    private final List<Fact> asked = new ArrayList<>();

    private Episodes(Function<Instant, Roster> before, Terms terms) {
        this.before = before;
        this.terms = terms;
    }

    /** @param facts in the order of time @param before the nodes as they were just before an instant */
    static List<Episode> of(List<Fact> facts, Function<Instant, Roster> before, Terms terms) {
        var episodes = new Episodes(before, terms);
        var promotions = new Promotions(facts);
        facts.stream()
                .filter(f -> !promotions.stale(f))
                .sorted(Comparator.comparing(Fact::surely))
                .forEach(episodes::open);
        facts.stream().filter(f -> !nameless(f)).forEach(episodes::sort);
        facts.stream().filter(Episodes::nameless).forEach(episodes::sort);
        episodes.found.forEach(e -> e.facts().sort(Comparator.comparing(Fact::at)));
        return episodes.found;
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
            case SEES_MASTER -> fact.about().flatMap(roster::masterOf);
            default -> Optional.empty();
        };
    }

    /** A request by hand names its replica: right after that became one, the nodes may not have shown it yet. */
    private Roster roster(Instant at) {
        var roster = before.apply(at);
        for (var ask : asked) {
            if (at.isBefore(ask.at().plus(Episode.BY_HAND)) && roster.voter(ask.by())) {
                roster = roster.with(ask.about().orElseThrow(), ask.by());
            }
        }
        return roster;
    }

    private Reign reign(NodeId node) {
        return reigns.computeIfAbsent(node, id -> new Reign(terms));
    }

    private void open(Fact fact) {
        asks(fact);
        joins(fact);
        present(fact);
        var roster = roster(fact.earliest());
        subject(fact, roster).ifPresent(failed -> open(fact, failed, roster));
    }

    private void open(Fact fact, NodeId failed, Roster roster) {
        var reign = reign(failed);
        if (roster.voter(failed) && reign.opensAnother(fact)) {
            var fresh = new Episode(failed, roster, terms, fact, before);
            reign.opens(fresh);
            found.add(fresh);
        }
        reign.concerns(fact);
        fact.promoted().ifPresent(winner -> reign(winner).won(fact));
    }

    private void asks(Fact fact) {
        if (fact.is(What.BY_HAND_ASKED) && fact.about().isPresent()) {
            asked.add(fact);
            var going = reign(fact.by()).latest;
            if (going != null && fact.at().isBefore(going.opened.plus(Episode.BY_HAND))) {
                going.roster = going.roster.with(fact.about().get(), fact.by());
            }
        }
    }

    /** Who becomes a replica of the lost one while nobody has taken over may do so: such as the master before it, which hung. */
    private void joins(Fact fact) {
        fact.about()
                .filter(master -> fact.is(What.FOLLOWS))
                .map(this::reign)
                .filter(Reign::vacant)
                .flatMap(reign -> Optional.ofNullable(reign.latest))
                .ifPresent(going -> going.roster = going.roster.with(fact.by(), going.failed));
    }

    /** What a fact tells of whether somebody is there, whatever failover it may be of. */
    private void present(Fact fact) {
        var by = reign(fact.by());
        switch (fact.what()) {
            case BACK -> {
                by.there(fact.latest());
                by.answers(fact);
            }
            case STARTED -> by.there(fact.latest());
            case FOLLOWS -> by.there(fact.latest().plus(Reign.APART));
            case TRUSTS, CLEARS_FAIL -> fact.about().ifPresent(id -> reign(id).trusted(fact.at()));
            case SEES_MASTER -> fact.about().ifPresent(id -> reign(id).seen(fact));
            case GONE -> by.lost(fact);
            case SUSPECTS, HEARS_SUSPICION, MARKS_FAIL, HEARS_FAIL ->
                fact.about().ifPresent(id -> reign(id).lost(fact));
            default -> {
                if (fact.promotes()) {
                    by.anew(fact.at());
                }
            }
        }
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
        return e.won().filter(w -> at.isAfter(w.latest().plus(Reign.APART))).isPresent();
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
        return !e.ordered(fact.at())
                && e.wellAgain()
                        .filter(t -> fact.at().isAfter(t.plusMillis(terms.nodeTimeout())))
                        .isPresent();
    }
}
