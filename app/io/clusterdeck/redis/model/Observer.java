package io.clusterdeck.redis.model;

import java.util.List;
import java.util.Optional;

/**
 * A node as a witness: what it said last.
 *
 * @param hash {@link ViewHash} of the reply; witnesses with the same hash say the same
 * @param self its line about itself
 * @param answers whether it answers now; the words of one that does not count only when nobody answers
 */
public record Observer(NodeView view, long hash, Optional<NodeRow> self, boolean answers) {

    public static Observer of(NodeView view, long hash, boolean answers) {
        return new Observer(view, hash, view.of(view.seenBy()), answers);
    }

    /** From the reply as it came. {@code at} and {@code currentEpoch} as in {@link NodeView}. */
    public static Observer of(NodeId id, java.time.Instant at, long currentEpoch, String reply, List<NodeRow> rows) {
        return of(new NodeView(id, at, currentEpoch, rows), ViewHash.of(reply), true);
    }

    public NodeId id() {
        return view.seenBy();
    }

    public Observer answering(boolean now) {
        return now == answers ? this : new Observer(view, hash, self, now);
    }
}
