package io.clusterdeck.cli;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.function.Predicate;

/**
 * How a node is named on the command line: {@code 10.0.0.1:9000}, {@code 10.0.0.1} or {@code :9000} where only one node has it, the
 * beginning of its id (at least 4 digits), or {@code host/9000} with the operator's name for the host.
 */
final class NodeArgument {

    private static final int LEAST_DIGITS = 4;

    private NodeArgument() {}

    static Node find(ClusterState state, String text) throws Misuse {
        var found = state.nodes().values().stream().filter(named(text)).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        var all = found.isEmpty() ? List.copyOf(state.nodes().values()) : found;
        var addresses = all.stream().map(n -> n.address().toString()).sorted().toList();
        throw new Misuse(
                Say.of(found.isEmpty() ? "cli.node-unknown" : "cli.node-ambiguous", "node", text, "nodes", addresses));
    }

    private static Predicate<Node> named(String text) {
        int slash = text.lastIndexOf('/');
        if (slash > 0) {
            var host = text.substring(0, slash);
            var port = text.substring(slash + 1);
            return n -> n.host().filter(h -> h.value().equals(host)).isPresent()
                    && String.valueOf(n.address().port()).equals(port);
        }
        if (text.startsWith(":")) {
            return n -> text.equals(":" + n.address().port());
        }
        return n -> n.address().toString().equals(text)
                || n.address().host().equals(text)
                || text.length() >= LEAST_DIGITS && n.id().value().startsWith(text);
    }
}
