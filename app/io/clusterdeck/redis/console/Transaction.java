package io.clusterdeck.redis.console;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What MULTI and WATCH left on a connection, and what was lost when it broke: what was meant for either must not go to the next one as
 * if nothing had been. One thread at a time. As multi.c keeps it: EXEC and DISCARD end both, and are refused without MULTI.
 */
final class Transaction {
    private boolean queues;
    private volatile boolean pending;
    private final Set<String> watched = new LinkedHashSet<>();

    private boolean lostQueue;
    /** Watched until the connection broke, and not again since. */
    private final Set<String> unwatched = new LinkedHashSet<>();

    /** Whether the node queues what is sent. */
    boolean queues() {
        return queues;
    }

    /** Whether MULTI or WATCH waits for its end. Any thread. */
    boolean pending() {
        return pending;
    }

    /** Fails, once, where it was meant for what is lost. */
    void mayBeSent(Typed typed, NodeAddress home) throws NotAllowed {
        if (lostQueue) {
            lostQueue = false;
            throw new NotAllowed(Say.of("console.multi-lost", "node", home), Say.of("console.multi-lost.next"));
        }
        if (typed.upper(0).equals("MULTI") && !unwatched.isEmpty()) {
            var keys = List.copyOf(unwatched);
            unwatched.clear();
            throw new NotAllowed(
                    Say.of("console.watch-lost", "node", home, "keys", String.join(" ", keys)),
                    Say.of("console.watch-lost.next"));
        }
    }

    void answered(Typed typed, boolean refused) {
        switch (typed.upper(0)) {
            case "MULTI" -> queues |= !refused;
            case "WATCH" -> {
                if (!refused) {
                    watched.addAll(keys(typed));
                    unwatched.removeAll(keys(typed));
                }
            }
            case "EXEC", "DISCARD", "UNWATCH" -> {
                if (ends(typed)) {
                    queues = false;
                    watched.clear();
                    unwatched.clear();
                }
            }
            default -> {}
        }
        pending = queues || !watched.isEmpty();
    }

    /** The connection broke over this command. */
    void broke(Typed typed) {
        if (!ends(typed)) {
            lostQueue = queues;
            unwatched.addAll(watched);
        }
        queues = false;
        watched.clear();
        pending = false;
    }

    /** Whether nothing is left to be meant for after it, whatever came of it. UNWATCH is queued like any other. */
    private boolean ends(Typed typed) {
        return switch (typed.upper(0)) {
            case "EXEC", "DISCARD" -> queues;
            case "UNWATCH" -> !queues;
            default -> false;
        };
    }

    private static List<String> keys(Typed typed) {
        return typed.words().subList(1, typed.words().size());
    }
}
