package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.StageSpan.State;
import io.clusterdeck.redis.timeline.Timeline.Kind;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The eight stages of a course, each with its times and its proof. */
final class Stages {

    private final Course c;
    private final Episode e;
    private final Telling telling;
    private Instant end;

    /** How far the end of the stage before may be off, with which the next one begins. */
    private Duration off;

    /** @param over nothing more is to come */
    Stages(Course course, boolean over) {
        this.c = course;
        this.e = course.e;
        this.telling = new Telling(course, over);
        this.end = course.began;
        this.off = within(course.lost);
    }

    List<StageSpan> all() {
        var spans = new ArrayList<StageSpan>();
        for (var stage : Stage.values()) {
            spans.add(c.has(stage) ? span(stage) : skipped(stage));
        }
        return spans;
    }

    private StageSpan skipped(Stage stage) {
        return new StageSpan(
                stage,
                State.SKIPPED,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                List.of(),
                List.of(telling.skipped(stage)),
                telling.theory(stage),
                List.of());
    }

    private StageSpan span(Stage stage) {
        return switch (stage) {
            case SUSPECTED -> suspected();
            case AGREED -> agreed();
            case TOLD -> told();
            case ELIGIBLE -> eligible();
            case WAITS -> waits();
            case VOTES -> votes();
            case PROMOTED -> c.kind == Kind.MIGRATION ? migrated() : promoted();
            case SERVES -> serves();
        };
    }

    /** Begins where the one before ended, or at a proof of its own; never before it. */
    private StageSpan span(
            Stage stage, State state, Optional<Instant> to, Duration within, List<NodeId> who, Stream<Fact> facts) {
        boolean begun = state != State.WAITING;
        var from = end;
        var inAll = off.plus(within);
        Optional<Instant> until = to.map(t -> t.isBefore(from) ? from : t);
        until.filter(from::isBefore).ifPresent(t -> {
            end = t;
            off = within;
        });
        var proof = facts.distinct().sorted(Comparator.comparing(Fact::at)).toList();
        return new StageSpan(
                stage,
                state,
                begun ? Optional.of(from) : Optional.empty(),
                until,
                inAll,
                who,
                telling.happened(stage, state, from, until),
                telling.theory(stage),
                proof);
    }

    private static Duration within(Optional<Fact> fact) {
        return fact.map(Fact::within).orElse(Duration.ZERO);
    }

    private StageSpan suspected() {
        var facts = Stream.concat(
                Stream.of(What.GONE, What.SIGNAL, What.MASTER_LOST, What.MASTER_SILENT, What.LINK_LOST)
                        .flatMap(e::onFailed)
                        .filter(f -> c.marked.isEmpty()
                                || !f.at().isAfter(c.marked.get().at())),
                Stream.of(What.SUSPECTS, What.HEARS_SUSPICION, What.TRUSTS).flatMap(e::onFailed));
        var who = Stream.of(What.SUSPECTS, What.HEARS_SUSPICION)
                .flatMap(e::onFailed)
                .sorted(Comparator.comparing(Fact::at))
                .map(f -> f.more().isEmpty() ? f.by() : new NodeId(f.more()))
                .distinct()
                .toList();
        if (c.suspected.isPresent()) {
            return span(Stage.SUSPECTED, State.DONE, c.suspected.map(Fact::at), within(c.suspected), who, facts);
        }
        if (c.before()) {
            return span(Stage.SUSPECTED, State.UNSEEN, Optional.of(end), Duration.ZERO, who, facts);
        }
        if (c.marked.isEmpty()) {
            return span(Stage.SUSPECTED, State.RUNNING, Optional.empty(), Duration.ZERO, who, facts);
        }
        // no line at this log level tells it, and no view was there: between node-timeout and the agreement
        var agreed = c.marked.get().at();
        var usual = c.began.plusMillis(e.terms.nodeTimeout());
        var reckoned = usual.isBefore(agreed) ? usual : agreed;
        var proof = new Fact(
                reckoned,
                Duration.between(reckoned, agreed),
                What.SUSPECTS,
                c.marked.get().by(),
                Optional.of(e.failed),
                -1,
                "",
                new Evidence.Reckoned(Say.of("timeline.reckoned.suspected", "t", e.terms.nodeTimeout())));
        return span(
                Stage.SUSPECTED,
                State.UNSEEN,
                Optional.of(reckoned),
                proof.within(),
                who,
                Stream.concat(facts, Stream.of(proof)));
    }

    private StageSpan agreed() {
        boolean begun = c.suspected.isPresent() || c.marked.isPresent();
        var who = new ArrayList<NodeId>();
        c.marked.ifPresent(m -> who.add(m.by()));
        c.suspecting().stream().filter(id -> !who.contains(id)).forEach(who::add);
        return span(
                Stage.AGREED,
                c.before() ? State.UNSEEN : state(begun, c.marked.isPresent()),
                c.before() ? Optional.of(end) : c.marked.map(Fact::at),
                within(c.marked),
                who,
                Stream.of(What.SUSPECTS, What.HEARS_SUSPICION, What.MARKS_FAIL).flatMap(e::onFailed));
    }

    private StageSpan told() {
        var last = c.toldAll();
        boolean all = c.heard.keySet().containsAll(c.alive()) || c.asked.isPresent() || c.won.isPresent();
        return span(
                Stage.TOLD,
                c.before() ? State.UNSEEN : state(c.marked.isPresent(), c.marked.isPresent() && all),
                c.before() ? Optional.of(end) : all ? last.map(Fact::at) : Optional.empty(),
                within(last),
                c.heard.values().stream()
                        .sorted(Comparator.comparing(Fact::at))
                        .map(Fact::by)
                        .toList(),
                Stream.concat(
                        c.heard.values().stream(),
                        Stream.concat(e.onFailed(What.MARKS_FAIL), e.onFailed(What.HEARS_FAIL))));
    }

    private StageSpan eligible() {
        var facts = Stream.of(What.TOO_OLD, What.DELAYED).flatMap(e::all);
        var replicas = e.roster.replicasOf(e.failed).stream().map(Member::id).toList();
        var passed = c.delayed.or(() -> c.asked);
        var tooOld = Episode.byNode(e.all(What.TOO_OLD)).keySet();
        boolean none = c.marked.isPresent() && passed.isEmpty() && tooOld.containsAll(replicas);
        var state = passed.isPresent() || c.won.isPresent()
                ? State.DONE
                : none ? State.FAILED : c.marked.isPresent() ? State.RUNNING : State.WAITING;
        // where no line tells when the question was answered, it was as soon as the candidate knew: it takes no time
        var to = c.delayed.map(Fact::at).or(() -> state == State.DONE ? Optional.of(end) : Optional.empty());
        return span(Stage.ELIGIBLE, state, to, within(c.delayed), replicas, facts);
    }

    private StageSpan waits() {
        var facts = Stream.of(
                        What.DELAYED,
                        What.RANK_CHANGED,
                        What.WAITS,
                        What.BY_HAND,
                        What.BY_HAND_ASKED,
                        What.CAUGHT_UP,
                        What.BY_HAND_LATE)
                .flatMap(e::all);
        boolean late = c.kind == Kind.MANUAL
                && c.asked.isEmpty()
                && e.all(What.BY_HAND_LATE).findAny().isPresent();
        boolean begun = c.delayed.isPresent() || c.kind == Kind.MANUAL || c.asked.isPresent() || c.won.isPresent();
        var to = c.asked.or(() -> c.won);
        var who = c.delayed.or(() -> c.asked).or(() -> c.won).map(Fact::by).stream()
                .toList();
        return span(
                Stage.WAITS,
                late ? State.FAILED : state(begun, to.isPresent()),
                to.map(Fact::at),
                within(to),
                who,
                facts);
    }

    private StageSpan votes() {
        boolean begun = c.asked.isPresent() || c.won.isPresent() || !c.votes.isEmpty();
        boolean expired = c.won.isEmpty() && e.all(What.EXPIRED).findAny().isPresent();
        var who = new ArrayList<NodeId>();
        c.winner.or(() -> c.asked.map(Fact::by)).ifPresent(who::add);
        c.votes.values().stream()
                .sorted(Comparator.comparing(Fact::at))
                .map(Fact::by)
                .forEach(who::add);
        var facts = Stream.of(
                        What.ASKS, What.GRANTS, What.DENIES, What.VOTES_IN, What.LACKS_VOTES, What.EXPIRED, What.EPOCH)
                .flatMap(e::all);
        return span(
                Stage.VOTES,
                expired ? State.FAILED : state(begun, c.won.isPresent()),
                c.won.map(Fact::at),
                within(c.won),
                who,
                facts);
    }

    private StageSpan promoted() {
        var seen = c.promotionSeen().or(() -> c.won);
        return span(
                Stage.PROMOTED,
                state(c.won.isPresent(), c.won.isPresent()),
                seen.map(Fact::at),
                within(seen),
                c.winner.stream().toList(),
                Stream.of(What.WON, What.EPOCH_SET, What.MASTER_NOW, What.SEES_MASTER)
                        .flatMap(e::all));
    }

    private StageSpan migrated() {
        var moved = Episode.first(e.all(What.FOLLOWS).filter(f -> f.isAbout(e.failed)));
        var asked = Episode.first(e.all(What.MIGRATES));
        return span(
                Stage.PROMOTED,
                State.DONE,
                moved.or(() -> asked).map(Fact::at),
                within(moved.or(() -> asked)),
                asked.map(Fact::by).stream().toList(),
                Stream.of(What.MIGRATES, What.FOLLOWS).flatMap(e::all));
    }

    private StageSpan serves() {
        var last = c.service.servedAll();
        boolean all = last.isPresent() && c.service.serving.keySet().containsAll(c.service.refused.keySet());
        var until = all ? last.get().latest() : Instant.MAX;
        var states = Stream.of(What.STATE_FAIL, What.STATE_OK)
                .flatMap(e::all)
                .filter(f -> c.service.refused.containsKey(f.by()) && !f.at().isAfter(until));
        return span(
                Stage.SERVES,
                state(c.won.isPresent(), all),
                all ? last.map(Fact::at) : Optional.empty(),
                within(last),
                c.service.serving.values().stream()
                        .sorted(Comparator.comparing(Fact::at))
                        .map(Fact::by)
                        .toList(),
                Stream.concat(
                        states,
                        Stream.of(What.SEES_MASTER, What.FOLLOWS, What.STARTED, What.BACK)
                                .flatMap(e::all)));
    }

    private static State state(boolean begun, boolean done) {
        return done ? State.DONE : begun ? State.RUNNING : State.WAITING;
    }
}
