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

    /** What that server has to say now. */
    static Packet of(Server s, Kind kind, int about, boolean forced) {
        int speaksFor = kind == Kind.UPDATE ? about : s.master() ? s.me : s.self().of;
        var slots = new boolean[s.owner.length];
        for (int k = 0; k < slots.length; k++) {
            slots[k] = s.owner[k] == speaksFor;
        }
        var failing = new boolean[s.peers.length];
        for (var p : s.peers) {
            failing[p.node] = p.failing();
        }
        boolean paused = s.election.pausedFor(-1);
        long epoch = speaksFor < 0 ? 0 : s.peers[speaksFor].epoch;
        return new Packet(
                kind, s.me, s.master(), s.self().of, epoch, s.currentEpoch, slots, failing, paused, forced, about);
    }
}
