package io.clusterdeck.redis.forecast;

/**
 * The settings of a made-up cluster.
 *
 * @param timeout node-timeout in milliseconds
 * @param ping repl-ping-replica-period in seconds
 */
record Rules(int timeout, boolean coverage, int factor, int ping, boolean migrates, int barrier) {
    /**
     * Whether a replica may stand so many milliseconds after its master died, whose link was down for so many seconds before: 0 for not at
     * all, negative for since ever.
     */
    boolean young(int down, int elapsed) {
        if (factor == 0 || down == 0) {
            return true;
        }
        if (down < 0) {
            return false;
        }
        int age = down * 1_000 + elapsed;
        if (age > timeout) {
            age -= timeout;
        }
        return age <= ping * 1_000 + timeout * factor;
    }
}
