package io.clusterdeck.redis.timeline.simulated;

/**
 * A message of the bus (clusterMsg in cluster.h).
 *
 * @param epoch the configuration epoch of the sender, of a replica that of its master
 * @param slots whose runs of slots the sender claims, by shard
 * @param failing whom the sender flags, by node
 * @param about for FAIL and UPDATE
 */
record Packet(
        Kind kind,
        int from,
        boolean master,
        int of,
        long epoch,
        long currentEpoch,
        boolean[] slots,
        boolean[] failing,
        boolean paused,
        boolean forced,
        int about) {

    enum Kind {
        PING("ping"),
        PONG("pong"),
        FAIL("fail"),
        UPDATE("update"),
        MFSTART("mfstart"),
        AUTH_REQUEST("auth-req"),
        AUTH_ACK("auth-ack");

        final String word;

        Kind(String word) {
            this.word = word;
        }
    }
}
