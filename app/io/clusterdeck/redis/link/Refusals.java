package io.clusterdeck.redis.link;

import io.clusterdeck.redis.model.NodeAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which commands that an action needs a node refused (permission, renamed), on whichever link: what needs them is dimmed by name. They
 * are not tried for that: a refusal is a line in the node's ACL log, and to read one's own rights ({@code ACL GETUSER}) is a right that
 * shows everybody's passwords. So the first one is found when it is needed. Safe for use by many threads.
 */
final class Refusals {
    private static final Set<String> REMEMBERED =
            Set.of("CONFIG SET", "ACL SETUSER", "ACL GETUSER", "BGREWRITEAOF", "CLUSTER FAILOVER");

    /** Then it may be tried again: rights change without a word, and who has just granted one must not be told that it is missing. */
    private static final Duration LASTING = Duration.ofMinutes(1);

    private record Refusal(String told, Instant at) {}

    private final Map<NodeAddress, Map<String, Refusal>> all = new ConcurrentHashMap<>();
    private final InstantSource clock;

    Refusals() {
        this(InstantSource.system());
    }

    Refusals(InstantSource clock) {
        this.clock = clock;
    }

    /** What a node answered to a command. */
    void heard(NodeAddress from, String command, Reply reply) {
        if (!REMEMBERED.contains(command)) {
            return;
        }
        if (reply instanceof Reply.Refused no && lasts(no)) {
            all.computeIfAbsent(from, a -> new ConcurrentHashMap<>())
                    .put(command, new Refusal(no.message(), clock.instant()));
        } else if (all.get(from) instanceof Map<String, Refusal> before) {
            before.remove(command);
        }
    }

    /** Not because of how things stand with the node just now. */
    private static boolean lasts(Reply.Refused no) {
        return no.code().equals("NOPERM") || no.message().startsWith("ERR unknown ");
    }

    /** What a node refuses, with the words it used. */
    Map<String, String> of(NodeAddress node) {
        var since = clock.instant().minus(LASTING);
        return all.getOrDefault(node, Map.of()).entrySet().stream()
                .filter(e -> e.getValue().at().isAfter(since))
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, e -> e.getValue().told()));
    }
}
