package io.clusterdeck.redis.link;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection to one node. A command is sent at most once, ever: nothing is queued while disconnected and nothing is sent again.
 * Throws {@link io.clusterdeck.say.OutcomeUnknown} when a sent command was not answered in time or the connection broke before its answer,
 * {@link io.clusterdeck.say.Unreachable} when it was certainly not sent. Error replies are returned as {@link Reply.Refused}.
 */
public interface Link extends AutoCloseable {

    NodeAddress to();

    /** Sends one command and waits; at most {@code limit}. Interruptible. */
    Reply call(Duration limit, String... command) throws Failure, InterruptedException;

    /** With a limit of 2 s. */
    default Reply call(String... command) throws Failure, InterruptedException {
        return call(Duration.ofSeconds(2), command);
    }

    /** Several commands, one reply each in their order; where it can be had they travel together, which costs the node less. */
    default List<Reply> callAll(Duration limit, List<String[]> commands) throws Failure, InterruptedException {
        var replies = new ArrayList<Reply>();
        for (var command : commands) {
            replies.add(call(limit, command));
        }
        return replies;
    }

    /** Sends one command and waits for nothing. The link stays open however late the answer is; what is sent after it is answered after it. */
    default Pending send(String... command) throws Failure, InterruptedException {
        var reply = Optional.of(call(command));
        return limit -> reply;
    }

    /** Whether a command could be sent now, as far as is known; one that says so may break the next moment. Never blocks. */
    default boolean usable() {
        return true;
    }

    /** How often it connected: where it counts up, what was told before may have been told by another process. */
    default long connections() {
        return 1;
    }

    /** Commands that an action needs and that the node refused lately (permission, renamed), on any link, with the words it used. */
    default Map<String, String> refused() {
        return Map.of();
    }

    @Override
    void close();
}
