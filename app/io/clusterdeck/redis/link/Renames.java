package io.clusterdeck.redis.link;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.ssh.Secret;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * By which words nodes know commands that were renamed in their redis.conf: what a file says counts for its node, what the operator says
 * for all others. Safe for use by many threads.
 */
public final class Renames {

    private final Map<Known, Secret> words = new ConcurrentHashMap<>();

    /** @param node host and port; empty for every node of which nothing else is known */
    private record Known(String node, String command) {
        Known {
            command = command.toUpperCase(Locale.ROOT);
        }
    }

    /** For every node of which nothing else is known. */
    public void everywhere(String command, Secret word) {
        words.put(new Known("", command), word);
    }

    public void at(NodeAddress node, String command, Secret word) {
        words.put(new Known(node.toString(), command), word);
    }

    /** The word that a node's own file names for a command. */
    public Optional<Secret> own(NodeAddress node, String command) {
        return Optional.ofNullable(words.get(new Known(node.toString(), command)));
    }

    /** The command that some node knows by this word. */
    public Optional<String> command(String word) {
        return words.entrySet().stream()
                .filter(w -> w.getValue().reveal().equalsIgnoreCase(word))
                .map(w -> w.getKey().command())
                .findFirst();
    }

    /** Every word that is known. */
    public Collection<Secret> all() {
        return List.copyOf(words.values());
    }

    Optional<String> of(NodeAddress node, String command) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        var everywhere = words.get(new Known("", command));
        return Optional.ofNullable(own(node, command).orElse(everywhere)).map(Secret::reveal);
    }
}
