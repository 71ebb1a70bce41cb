package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Tells the failovers of a cluster from what is known of it by now, and has them archived. The present is given: it asks no clock.
 *
 * @param reads whether a node's log is read
 * @param hears whether what it writes from now on arrives
 * @param notes what is to know of the evidence
 */
record Account(
        String cluster,
        Ledger ledger,
        Archive archive,
        Predicate<NodeId> reads,
        Predicate<NodeId> hears,
        Function<ClusterState, List<Say>> notes) {

    /** When all is told and the last failover is this old, its facts are dropped: it is kept as a file. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    /** Whether what is told changed. May block. */
    boolean tell(Instant now, ClusterState state) {
        var facts = ledger.facts();
        var hindsight = new Hindsight(ledger.before(now).members(), facts);
        var promotions = new Promotions(facts);
        var setting = new Reconstruction.Setting(
                cluster,
                at -> {
                    var calm = ledger.before(at);
                    return calm.at().isBefore(at)
                            ? promotions.applied(calm.members(), calm.at(), at)
                            : hindsight.before(at);
                },
                Terms.of(state),
                now,
                ledger::clocks,
                ledger.cuts(),
                id -> state.node(id).filter(Account::well).isPresent(),
                id -> unheard(state, id),
                reads.negate(),
                notes.apply(state));
        boolean changed = archive.take(Reconstruction.of(facts, setting), facts, now, ledger::before, state);
        if (archive.settledSince(now.minus(REMEMBERED))) {
            ledger.forget(now.minus(Duration.ofMinutes(1)));
        }
        return changed;
    }

    private static boolean well(Node n) {
        return n.answers() && n.isMaster() && n.slotCount() > 0 && !n.givenUp();
    }

    /** Who neither answers nor lets its log be read. */
    Set<NodeId> unheard(ClusterState state) {
        return state.nodes().keySet().stream().filter(id -> unheard(state, id)).collect(Collectors.toSet());
    }

    private boolean unheard(ClusterState state, NodeId id) {
        return state.node(id).filter(Node::answers).isEmpty() && !hears.test(id);
    }
}
