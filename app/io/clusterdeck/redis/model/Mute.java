package io.clusterdeck.redis.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What the operator does not want to hear of any more.
 *
 * @param rule of the findings that are muted
 * @param node of which; empty for the rule on the whole cluster
 * @param by account and computer
 * @param note why it is all right
 */
public record Mute(String rule, Optional<NodeAddress> node, String by, Instant at, String note) {

    /** Whether it is about a finding of that rule on that node. */
    public boolean covers(String rule, Optional<NodeAddress> of) {
        return this.rule.equals(rule)
                && (node.isEmpty() || of.filter(a -> same(a, node.get())).isPresent());
    }

    private static boolean same(NodeAddress a, NodeAddress b) {
        return a.host().equals(b.host()) && a.port() == b.port();
    }
}
