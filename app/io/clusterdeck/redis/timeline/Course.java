package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.Timeline.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The course of one episode: where each stage begins and ends, and by what evidence. Log lines go before views where both tell the same;
 * what nobody tells is reckoned and labelled so.
 */
final class Course {

    /** What was told so many milliseconds before the beginning belongs to it still. */
    static final long BEFORE = 1000;

    final Episode e;
    final Kind kind;
    final Optional<Fact> lost;
    final Optional<Fact> suspected;
    final Optional<Fact> marked;
    final Map<NodeId, Fact> heard;
    final Optional<Fact> delayed;
    final Optional<Fact> asked;
    final Optional<Fact> won;
    final Optional<NodeId> winner;
    final Optional<Ballot> ballot;
    final Map<NodeId, Fact> votes;
    final Service service;
    final Instant began;

    static Course of(Episode e, Presence presence) {
        e.forget(new Course(e, presence).began.minusMillis(BEFORE));
        return new Course(e, presence);
    }

    private Course(Episode e, Presence presence) {
        this.e = e;
        this.won = e.won();
        this.winner = e.winner();
        this.asked = before(candidate(What.ASKS), won);
        this.delayed = before(candidate(What.DELAYED), asked.or(() -> won));
        this.marked = before(
                Episode.first(untilWon(What.MARKS_FAIL)).or(() -> Episode.first(untilWon(What.HEARS_FAIL))),
                delayed.or(() -> asked).or(() -> won));
        this.heard = Episode.byNode(Stream.concat(e.onFailed(What.MARKS_FAIL), e.onFailed(What.HEARS_FAIL))
                .filter(f -> !f.by().equals(e.failed) && !f.at().isAfter(wonBy()))); // later ones had no part
        this.ballot = winner.or(() -> Episode.first(e.all(What.ASKS)).map(Fact::by))
                .map(who -> Ballot.of(e.facts(), who, wonBy()));
        this.suspected = suspicion();
        this.kind = new Cause(e, won, winner, suspected, marked, ballot, presence).kind();
        this.lost = lost();
        this.votes = votes();
        this.began = began();
        this.service = new Service(this, presence);
    }

    /** At the latest; the end of time where nobody has. */
    private Instant wonBy() {
        return won.map(w -> w.latest()).orElse(Instant.MAX);
    }

    /** Of the failed one until it was replaced: who is suspected later is no master any more. */
    private Stream<Fact> untilWon(What what) {
        return e.onFailed(what).filter(f -> !f.earliest().isAfter(wonBy()));
    }

    /** One stage is over before the next one is, also where it was seen less exactly. */
    private static Optional<Fact> before(Optional<Fact> stage, Optional<Fact> next) {
        return stage.map(f -> next.map(n -> f.until(n.latest())).orElse(f));
    }

    /** Whoever marks it suspected it before; a later suspicion is of somebody who had no part, and one while it still answered us, too. */
    private Optional<Fact> suspicion() {
        var all = Stream.concat(untilWon(What.SUSPECTS), untilWon(What.HEARS_SUSPICION))
                .filter(f -> f.isAbout(e.failed))
                .filter(f ->
                        marked.isEmpty() || !f.earliest().isAfter(marked.get().latest()))
                .toList();
        var gone = last(e.all(What.GONE)
                .filter(f -> marked.isPresent() && !f.at().isAfter(marked.get().latest())));
        var since = all.stream()
                .filter(f -> gone.isEmpty() || !f.latest().isBefore(gone.get().earliest()))
                .toList();
        return before(Episode.first((since.isEmpty() ? all : since).stream()), marked);
    }

    /** When the master was lost: as its replicas or we ourselves saw it; the most exact of these. */
    private Optional<Fact> lost() {
        if (kind == Kind.MANUAL || kind == Kind.MIGRATION) {
            return Optional.empty();
        }
        var end = suspected.or(() -> marked).or(() -> won).map(f -> f.latest());
        var seen = Stream.of(What.GONE, What.MASTER_LOST, What.SIGNAL)
                .flatMap(e::all)
                .filter(f -> end.isEmpty() || !f.at().isAfter(end.get()))
                .filter(f -> !f.is(What.MASTER_LOST)
                        || f.logged()
                        || e.all(What.GONE).findAny().isEmpty())
                .toList();
        var lines =
                seen.stream().filter(f -> f.is(What.MASTER_LOST) && f.logged()).max(Comparator.comparing(Fact::at));
        var gone = seen.stream().filter(f -> f.is(What.GONE)).max(Comparator.comparing(Fact::at));
        if (lines.isPresent() && gone.isPresent()) {
            // a link that broke long before is another story
            var apart = Duration.between(lines.get().at(), gone.get().at()).abs();
            return apart.compareTo(gone.get().within().plusMillis(1500)) < 0 ? lines : gone;
        }
        return lines.or(() -> gone).or(() -> seen.stream().max(Comparator.comparing(Fact::at)));
    }

    /** Of the winner; else of whoever tried. */
    private Optional<Fact> candidate(What what) {
        var his = winner.flatMap(w -> Episode.first(e.all(what).filter(f -> f.by().equals(w))));
        return his.isPresent() || winner.isPresent() && what == What.ASKS ? his : Episode.first(e.all(what));
    }

    private Map<NodeId, Fact> votes() {
        return Episode.byNode(e.all(What.GRANTS)
                .filter(e::voter)
                .filter(f -> ballot.map(b -> b.takes(f)).orElse(f.about().isEmpty())));
    }

    /** When the master was replaced, at the latest, or trusted again. */
    Optional<Instant> over() {
        return won.isPresent() ? Optional.of(wonBy()) : e.trustedAgain();
    }

    /** When an order came to nothing, if it did by then: as its log tells; without it as Redis does, which gives up by itself. */
    Optional<Instant> givenUp(Instant by) {
        return kind == Kind.AUTOMATIC || kind == Kind.MIGRATION || won.isPresent()
                ? Optional.empty()
                : e.all(What.BY_HAND_LATE)
                        .findFirst()
                        .map(Fact::at)
                        .or(() -> Optional.of(began.plusMillis(Terms.BY_HAND)).filter(by::isAfter));
    }

    /** When the last was told of how it is with the master. */
    Instant quietSince() {
        return last(Stream.concat(
                        Stream.of(What.GONE, What.BACK, What.STARTED).flatMap(e::all),
                        Stream.of(
                                        What.SUSPECTS,
                                        What.HEARS_SUSPICION,
                                        What.MARKS_FAIL,
                                        What.HEARS_FAIL,
                                        What.TRUSTS,
                                        What.CLEARS_FAIL)
                                .flatMap(e::onFailed)))
                .map(Fact::at)
                .orElse(began);
    }

    private Instant began() {
        if (lost.isPresent()) {
            return lost.get().at();
        }
        var hand = Stream.of(What.BY_HAND, What.BY_HAND_ASKED, What.MIGRATES)
                .flatMap(e::all)
                .toList();
        if (!hand.isEmpty() && kind != Kind.AUTOMATIC) {
            return Episode.first(hand.stream()).orElseThrow().at();
        }
        if (kind == Kind.AUTOMATIC && (suspected.isPresent() || marked.isPresent())) {
            return suspected.or(() -> marked).orElseThrow().at().minusMillis(e.terms.nodeTimeout());
        }
        return asked.or(() -> won).map(Fact::at).orElse(e.opened);
    }

    /** The last of several, by time; of the same instant the one that was written last. */
    static Optional<Fact> last(Stream<Fact> some) {
        return some.reduce((a, b) -> b.at().isBefore(a.at()) ? a : b);
    }

    /** Whether it must have been agreed on although nobody saw that: it was before we looked. */
    boolean before() {
        return kind == Kind.AUTOMATIC && marked.isEmpty() && (asked.isPresent() || won.isPresent());
    }

    /** When all had heard of the failure. */
    Optional<Fact> toldAll() {
        return last(heard.values().stream());
    }

    /** When the candidate knew of the failure. */
    Optional<Fact> candidateHeard() {
        var who = winner.or(() -> delayed.or(() -> asked).map(Fact::by));
        return who.map(heard::get);
    }

    /** Who, besides the winner, first acted on its victory; others may be looked at before the winner. */
    Optional<Fact> promotionSeen() {
        var w = won;
        if (w.isEmpty()) {
            return Optional.empty();
        }
        var from = w.get().earliest();
        return Episode.first(Stream.of(What.EPOCH_SET, What.SEES_MASTER, What.FOLLOWS)
                .flatMap(e::all)
                .filter(f ->
                        winner.filter(x -> f.by().equals(x) || f.isAbout(x)).isPresent())
                .filter(f -> !f.latest().isBefore(from)));
    }

    /** The nodes that could still answer when it happened. */
    List<NodeId> alive() {
        var away = new ArrayList<NodeId>();
        e.roster.members().stream().filter(m -> !m.answered() || m.failed()).forEach(m -> away.add(m.id()));
        return e.roster.members().stream()
                .map(Member::id)
                .filter(id -> !away.contains(id) && !id.equals(e.failed))
                .toList();
    }

    /** The masters that suspect the failed one, as told by themselves or by others. */
    List<NodeId> suspecting() {
        return Stream.concat(
                        Stream.of(What.SUSPECTS, What.HEARS_FAIL, What.MARKS_FAIL)
                                .flatMap(e::onFailed)
                                .map(Fact::by),
                        e.onFailed(What.HEARS_SUSPICION)
                                .filter(f -> !f.more().isEmpty())
                                .map(f -> new NodeId(f.more())))
                .filter(e.roster::voter)
                .filter(id -> !id.equals(e.failed))
                .distinct()
                .toList();
    }

    /** How many votes there were: those known by name, or as many as the candidate counted where it counted more. */
    long counted() {
        long in = ballot.map(b -> b.in(e.facts())).orElse(0L);
        return Math.max(votes.size(), Math.min(in, e.roster.voters().size()));
    }

    /** Whether this kind of failover has that stage. */
    boolean has(Stage stage) {
        return switch (kind) {
            case AUTOMATIC -> true;
            case MANUAL -> stage.compareTo(Stage.WAITS) >= 0;
            case FORCED -> stage.compareTo(Stage.VOTES) >= 0;
            case TAKEOVER -> stage.compareTo(Stage.PROMOTED) >= 0;
            case MIGRATION -> stage == Stage.PROMOTED;
        };
    }
}
