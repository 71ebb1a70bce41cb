package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The attempt of a replica that counts, its last one: votes on an earlier one, or on another replica, are none on it.
 *
 * @param asked when it asked for votes; empty where nobody told
 * @param epoch in which; 0 where not known
 */
record Ballot(NodeId candidate, Optional<Fact> asked, long epoch) {

    /** @param until nothing that was asked later counts: it had won */
    static Ballot of(List<Fact> facts, NodeId candidate, Instant until) {
        var attempts = facts.stream()
                .filter(f -> f.is(What.ASKS) && f.by().equals(candidate))
                .filter(f -> !f.earliest().isAfter(until))
                .toList();
        var asked = attempts.stream()
                .filter(Fact::logged)
                .max(Comparator.comparing(Fact::at))
                .or(() -> attempts.stream().max(Comparator.comparing(Fact::at)));
        long set = facts.stream()
                .filter(f -> f.is(What.EPOCH_SET) && f.by().equals(candidate))
                .mapToLong(Fact::number)
                .max()
                .orElse(0);
        return new Ballot(
                candidate, asked, set > 0 ? set : asked.map(Fact::number).orElse(0L));
    }

    /** Whether a vote that somebody gave counts for it. */
    boolean takes(Fact vote) {
        if (vote.about().isPresent() && !vote.isAbout(candidate)) {
            return false;
        }
        return epoch > 0 && vote.number() > 0 ? vote.number() == epoch : since(vote);
    }

    /** How many votes it counted itself. */
    long in(List<Fact> facts) {
        return facts.stream()
                .filter(f -> f.is(What.VOTES_IN) && f.by().equals(candidate) && since(f))
                .mapToLong(Fact::number)
                .sum();
    }

    private boolean since(Fact fact) {
        return asked.isEmpty() || !fact.latest().isBefore(asked.get().earliest());
    }
}
