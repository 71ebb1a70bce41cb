package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that somebody told, on this computer's clock.
 *
 * @param at the middle of the time in which it happened
 * @param within it happened at most this much earlier or later
 * @param by the node that tells it
 * @param about the node that is told about, if it is another
 * @param number what it means depends on {@code what}; −1 for none
 * @param more likewise; empty for none
 */
public record Fact(
        Instant at,
        Duration within,
        What what,
        NodeId by,
        Optional<NodeId> about,
        long number,
        String more,
        Evidence evidence) {

    private static final Duration VAGUE = Duration.ofSeconds(1);

    public Fact {
        if (within.isNegative()) {
            throw new IllegalArgumentException("within: " + within);
        }
    }

    /** It happened no sooner. */
    public Instant earliest() {
        return at.minus(within);
    }

    /** It happened no later. */
    public Instant latest() {
        return at.plus(within);
    }

    public boolean is(What one) {
        return what == one;
    }

    public boolean isAbout(NodeId id) {
        return about.filter(id::equals).isPresent();
    }

    /** Whether who tells it is master from then on: of a takeover Redis writes no more than that it was ordered. */
    boolean promotes() {
        return is(What.WON) || is(What.MASTER_NOW) || is(What.BY_HAND) && more.equals("takeover");
    }

    /** Who is master from then on, by its own word or as another sees it. */
    Optional<NodeId> promoted() {
        return promotes() ? Optional.of(by) : is(What.SEES_MASTER) ? about : Optional.empty();
    }

    /** When it is counted on: what somebody shows who could not be asked for long may have happened only at the end of that. */
    Instant surely() {
        return within.compareTo(VAGUE) > 0 ? latest() : at;
    }

    /** Whether a log line proves it: those tell milliseconds and reasons, views only what changed between two looks. */
    public boolean logged() {
        return evidence instanceof Evidence.LogLine;
    }

    /** The same where it is known to have happened no later than that; unchanged where it can't have. */
    Fact until(Instant latest) {
        if (!latest.isBefore(latest()) || latest.isBefore(earliest())) {
            return this;
        }
        var half = Duration.between(earliest(), latest).dividedBy(2);
        return moved(latest.minus(half), half);
    }

    /** The same at another instant, on another clock. */
    public Fact moved(Instant to, Duration plusMinus) {
        return new Fact(to, plusMinus, what, by, about, number, more, evidence);
    }
}
