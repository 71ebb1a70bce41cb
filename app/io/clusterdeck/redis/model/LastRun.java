package io.clusterdeck.redis.model;

import java.util.List;
import java.util.Optional;

/**
 * How a node's process was run when it was last looked at, kept for the day when it does not run.
 *
 * @param folder from which a start means what the last one meant
 * @param openFiles its limit of open files; empty when unknown
 * @param environment lines NAME=value of the few variables that change how a server behaves; none that could hold a secret
 * @param appends whether it wrote an append-only file; empty when it did not tell
 */
public record LastRun(String folder, String openFiles, List<String> environment, Optional<Boolean> appends) {
    public LastRun {
        environment = List.copyOf(environment);
    }

    /** Whether a node says the same of itself now. */
    boolean holds(NodeInfo now) {
        return now.text("aof_enabled").map("1"::equals).equals(appends);
    }
}
