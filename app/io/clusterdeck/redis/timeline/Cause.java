package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.Timeline.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What set a failover off: the loss of its master, or an operator. An order counts only where it decided who took over. */
record Cause(
        Episode e,
        Optional<Fact> won,
        Optional<NodeId> winner,
        Optional<Fact> suspected,
        Optional<Fact> marked,
        Optional<Ballot> ballot,
        Presence presence) {

    Kind kind() {
        if (e.migration) {
            return Kind.MIGRATION;
        }
        var hand = hand();
        if (hand.isPresent()) {
            return switch (hand.get().more()) {
                case "force" -> Kind.FORCED;
                case "takeover" -> Kind.TAKEOVER;
                default -> Kind.MANUAL;
            };
        }
        if (asksNobody()) {
            return Kind.TAKEOVER;
        }
        // it writes down what an operator asks of it; and who was lost before we looked was suspected before
        return won.filter(w -> !w.logged()).isPresent()
                        && marked.isEmpty()
                        && suspected.isEmpty()
                        && e.roster
                                .of(e.failed)
                                .filter(m -> m.answered() && !m.failed())
                                .isPresent()
                ? Kind.FORCED
                : Kind.AUTOMATIC;
    }

    /** The last request by hand, of the winner where there is one; nothing where it came to nothing before. */
    private Optional<Fact> hand() {
        var requests = e.all(What.BY_HAND)
                .filter(f -> winner.filter(w -> !w.equals(f.by())).isEmpty())
                .toList();
        var lines = requests.stream().filter(Fact::logged).map(Fact::by).toList();
        return Course.last(requests.stream()
                        .filter(f -> f.logged() || !lines.contains(f.by()))
                        .filter(f -> !f.earliest().isAfter(wonBy())))
                .or(() -> Course.last(e.all(What.BY_HAND_ASKED)
                        .filter(f -> winner.isEmpty() || f.about().isEmpty() || f.isAbout(winner.get()))))
                .filter(f -> !outlived(f));
    }

    /** Whether what came afterwards was an election for a lost master: the request had timed out, or its master had not handed over. */
    private boolean outlived(Fact hand) {
        if (hand.more().equals("takeover")) {
            return false;
        }
        boolean late = after(hand, e.all(What.BY_HAND_LATE).filter(f -> f.by().equals(hand.by())));
        boolean lost = after(hand, marked.stream());
        boolean waits = !hand.more().equals("force") && !after(hand, e.all(What.CAUGHT_UP));
        return won.isPresent() ? late || lost && waits : lost && (late || waits);
    }

    private boolean after(Fact hand, Stream<Fact> some) {
        return some.anyMatch(f -> f.at().isAfter(hand.at()) && f.at().isBefore(wonBy()));
    }

    /** By the winner's own counters, which alone can tell it: it had no majority when it raised the epoch by itself. */
    private boolean asksNobody() {
        if (won.filter(w -> w.is(What.MASTER_NOW) && !w.logged() && !presence.started(w))
                .isEmpty()) {
            return false;
        }
        var asked = ballot.flatMap(Ballot::asked);
        if (asked.isEmpty()) {
            return Stream.of(What.VOTES_IN, What.GRANTS)
                    .allMatch(w -> e.all(w).findAny().isEmpty());
        }
        var since = asked.get().latest();
        return ballot.orElseThrow().in(e.facts()) < e.roster.needed()
                && e.all(What.EPOCH)
                        .filter(f -> f.by().equals(asked.get().by()))
                        .anyMatch(f ->
                                f.earliest().isAfter(since) && !f.earliest().isAfter(wonBy()));
    }

    private Instant wonBy() {
        return won.map(w -> w.latest()).orElse(Instant.MAX);
    }
}
