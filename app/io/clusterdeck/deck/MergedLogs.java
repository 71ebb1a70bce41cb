package io.clusterdeck.deck;

import io.clusterdeck.redis.logs.LogEntry;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Following;
import java.util.Optional;
import java.util.function.Consumer;

/** Follows nodes' logs by this computer's clock, so that the logs of several can be laid side by side. */
public interface MergedLogs {

    /**
     * A log that is being followed.
     *
     * @param doubt why its times may be wrong, where its clock or its zone could not be asked
     */
    record Followed(Following following, Optional<Say> doubt) {}

    /** Its clock is asked first where nobody knows it yet; the last {@code back} lines, then what comes. Blocks until the past was told. */
    Followed follow(NodeId id, int back, Consumer<LogEntry> to) throws Failure, InterruptedException;
}
