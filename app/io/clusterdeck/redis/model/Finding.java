package io.clusterdeck.redis.model;

import io.clusterdeck.say.Say;
import java.util.Optional;

/**
 * What one health rule found.
 *
 * @param rule its stable name, such as {@code slots-uncovered}
 * @param node the node it is about, if it is about one
 * @param title one line
 * @param why the evidence
 * @param next the next useful action, as words
 * @param remedy the operation that does it, where there is one: {@code create}, {@code start:NODEID}, {@code failover:NODEID}, {@code check-aof:NODEID} …
 * @param muted by whom and why it is not to count; it is shown all the same
 */
public record Finding(
        String rule,
        Level level,
        Optional<NodeId> node,
        Say title,
        Say why,
        Say next,
        Optional<String> remedy,
        Optional<Mute> muted) {

    public Finding(
            String rule, Level level, Optional<NodeId> node, Say title, Say why, Say next, Optional<String> remedy) {
        this(rule, level, node, title, why, next, remedy, Optional.empty());
    }

    public Finding muted(Mute by) {
        return new Finding(rule, level, node, title, why, next, remedy, Optional.of(by));
    }

    /** Whether it counts for the cluster's health. */
    public boolean counts() {
        return muted.isEmpty();
    }
}
