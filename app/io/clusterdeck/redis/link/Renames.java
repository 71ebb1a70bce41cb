package io.clusterdeck.redis.link;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.ssh.Secret;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * By which words nodes know commands that were renamed in their redis.conf: what a file says counts for its node, what the operator says
 * for all others. Safe for use by many threads.
 */
public final class Renames {

    private final Map<String, Secret> words = new ConcurrentHashMap<>();

    /** For every node of which nothing else is known. */
    public void everywhere(String command, Secret word) {
        words.put(command.toUpperCase(Locale.ROOT), word);
    }

    public void at(NodeAddress node, String command, Secret word) {
        words.put(node + " " + command.toUpperCase(Locale.ROOT), word);
    }

    Optional<String> of(NodeAddress node, String command) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        var name = command.toUpperCase(Locale.ROOT);
        var word = words.getOrDefault(node + " " + name, words.get(name));
        return Optional.ofNullable(word).map(Secret::reveal);
    }
}
