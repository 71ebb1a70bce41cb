package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One failover, or the attempt at one, told from its evidence. Immutable; made anew whenever more becomes known.
 *
 * @param id its own name within the cluster, which lasts: the instant and the node it began with
 * @param began when the node was lost, or the operator asked
 * @param ended when it was over; empty while it goes on
 * @param failed the master that was lost or replaced
 * @param winner who took over
 * @param epoch the configuration epoch of the winner; 0 for none
 * @param why the reasons for its outcome, the most telling first
 * @param members all nodes as they were before
 * @param clocks of the hosts that took part
 * @param stages always eight, in order
 * @param facts all evidence, in the order of time
 * @param notes what is to know of the evidence itself: nodes without a log, clocks not measured
 */
public record Timeline(
        String id,
        String cluster,
        Kind kind,
        Outcome outcome,
        Instant began,
        Optional<Instant> ended,
        NodeId failed,
        Optional<NodeId> winner,
        long epoch,
        List<Say> why,
        Terms terms,
        List<Member> members,
        List<Clock> clocks,
        List<StageSpan> stages,
        List<Fact> facts,
        List<Say> notes) {

    /** What set it off. */
    public enum Kind {
        /** The master was lost. */
        AUTOMATIC,
        /** CLUSTER FAILOVER. */
        MANUAL,
        /** CLUSTER FAILOVER FORCE. */
        FORCED,
        /** CLUSTER FAILOVER TAKEOVER. */
        TAKEOVER,
        /** A replica moved to a master that had none. */
        MIGRATION
    }

    /** How it went. */
    public enum Outcome {
        /** It is not decided. */
        RUNNING,
        /** Somebody took over and serves. */
        TAKEN_OVER,
        /** The master came back before it was replaced. */
        CAME_BACK,
        /** Nobody took over although it was time; it may still happen. */
        STUCK,
        /** It was given up. */
        GIVEN_UP,
        /** It went on when it was last told, in another session: how it ended was not seen. */
        UNDECIDED
    }

    public Timeline {
        why = List.copyOf(why);
        members = List.copyOf(members);
        clocks = List.copyOf(clocks);
        stages = List.copyOf(stages);
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
        if (stages.size() != Stage.values().length) {
            throw new IllegalArgumentException("stages: " + stages.size());
        }
    }

    /** The same with other evidence beside its stages. */
    Timeline with(List<Fact> evidence) {
        return new Timeline(
                id, cluster, kind, outcome, began, ended, failed, winner, epoch, why, terms, members, clocks, stages,
                evidence, notes);
    }

    /** The same with other reasons and notes. */
    Timeline because(List<Say> reasons, List<Say> more) {
        return new Timeline(
                id, cluster, kind, outcome, began, ended, failed, winner, epoch, reasons, terms, members, clocks,
                stages, facts, more);
    }

    /** The same when nobody tells it any more. */
    Timeline untold() {
        return over()
                ? this
                : new Timeline(
                        id,
                        cluster,
                        kind,
                        Outcome.UNDECIDED,
                        began,
                        ended,
                        failed,
                        winner,
                        epoch,
                        why,
                        terms,
                        members,
                        clocks,
                        stages,
                        facts,
                        notes);
    }

    /** The same under another name. */
    Timeline named(String name) {
        return new Timeline(
                name, cluster, kind, outcome, began, ended, failed, winner, epoch, why, terms, members, clocks, stages,
                facts, notes);
    }

    public StageSpan stage(Stage which) {
        return stages.get(which.ordinal());
    }

    public Optional<Member> member(NodeId id) {
        return members.stream().filter(m -> m.id().equals(id)).findFirst();
    }

    /** What a node is called. */
    public String name(NodeId id) {
        return member(id).map(Member::name).orElse(id.brief());
    }

    /** How long the slots were without a master that serves, as far as the evidence tells; nothing where they never were. */
    public Optional<Duration> outage() {
        var served = stage(Stage.SERVES).to();
        return kind == Kind.MIGRATION
                ? Optional.empty()
                : outcome == Outcome.TAKEN_OVER || outcome == Outcome.CAME_BACK
                        ? served.or(() -> ended).map(t -> Duration.between(began, t))
                        : Optional.empty();
    }

    /** How many votes it takes. */
    public long needed() {
        return members.stream().filter(Member::voter).count() / 2 + 1;
    }

    /** How many votes the winner, or whoever tried, got: those known by name, or as many as it counted where it counted more. */
    public long votes() {
        var votes = stage(Stage.VOTES);
        long counted = votes.who().isEmpty()
                ? 0
                : Ballot.of(facts, votes.who().getFirst(), votes.to().orElse(Instant.MAX))
                        .in(facts);
        long voters = members.stream().filter(Member::voter).count();
        return Math.max(Math.max(0, votes.who().size() - 1), Math.min(counted, voters));
    }

    /** How exactly it is known when that was: {@code ± 4 ms}, {@code ± ?} where the clock of the host that wrote it was not measured. */
    public Say within(Fact fact) {
        return dated(fact) ? Times.within(fact.within()) : Times.UNKNOWN;
    }

    /** Likewise of a stage. */
    public Say within(StageSpan span) {
        return span.facts().stream().allMatch(this::dated) ? Times.within(span.within()) : Times.UNKNOWN;
    }

    private boolean dated(Fact fact) {
        return !(fact.evidence() instanceof Evidence.LogLine line)
                || clocks.stream().anyMatch(c -> c.host().equals(line.host().value()));
    }

    /** The largest error of any host's clock. */
    public Duration within() {
        return clocks.stream().map(Clock::within).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** Whether nothing more is to come. */
    public boolean over() {
        return outcome != Outcome.RUNNING && outcome != Outcome.STUCK && outcome != Outcome.UNDECIDED;
    }
}
