package io.clusterdeck.cli;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.List;
import java.util.function.Predicate;

/**
 * How a node is named on the command line: {@code 10.0.0.1:9000}, {@code 10.0.0.1} or {@code :9000} where only one node has it, the
 * beginning of its id (at least 4 digits), or {@code h1:9000} or {@code h1/9000} with the operator's name for the host.
 */
final class NodeArgument {

    private static final int LEAST_DIGITS = 4;

    private NodeArgument() {}

    static Node find(ClusterState state, String text) throws Misuse {
        var found = state.nodes().values().stream().filter(named(text)).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (state.nodes().isEmpty()) {
            throw new Misuse(Say.of("cli.node-none", "node", text));
        }
        var all = found.isEmpty() ? List.copyOf(state.nodes().values()) : found;
        var addresses = all.stream().map(n -> n.address().toString()).sorted().toList();
        throw new Misuse(
                Say.of(found.isEmpty() ? "cli.node-unknown" : "cli.node-ambiguous", "node", text, "nodes", addresses));
    }

    private static Predicate<Node> named(String text) {
        if (text.startsWith(":")) {
            return n -> text.equals(":" + n.address().port());
        }
        return n -> n.address().toString().equals(text)
                || n.host().filter(h -> named(h, n, text)).isPresent()
                || n.address().host().equals(text)
                || text.length() >= LEAST_DIGITS && n.id().value().startsWith(text);
    }

    private static boolean named(HostName host, Node node, String text) {
        var port = node.address().port();
        return text.equals(host + ":" + port) || text.equals(host + "/" + port);
    }
}
