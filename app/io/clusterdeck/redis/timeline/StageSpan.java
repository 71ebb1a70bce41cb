package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stage as it went.
 *
 * @param from when it began; empty when it did not, or nobody saw it
 * @param to when it ended; empty when it did not, or nobody saw it
 * @param within how far {@code from} and {@code to} may be off together, and so what it took
 * @param who the nodes that did it, the first one first
 * @param happened what happened, in a sentence or two
 * @param theory what Redis does here, with this cluster's numbers
 * @param facts all that prove it, in the order of time
 */
public record StageSpan(
        Stage stage,
        State state,
        Optional<Instant> from,
        Optional<Instant> to,
        Duration within,
        List<NodeId> who,
        List<Say> happened,
        Say theory,
        List<Fact> facts) {

    /** How far a stage came. */
    public enum State {
        /** Not yet. */
        WAITING,
        /** Now. */
        RUNNING,
        DONE,
        /** It came to its end without success. */
        FAILED,
        /** This kind of failover does without it. */
        SKIPPED,
        /** It must have happened; no evidence of its own is there. */
        UNSEEN
    }

    public StageSpan {
        who = List.copyOf(who);
        happened = List.copyOf(happened);
        facts = List.copyOf(facts);
    }

    /** How long it took. */
    public Optional<Duration> took() {
        return from.flatMap(f -> to.map(t -> Duration.between(f, t)));
    }
}
