package io.clusterdeck.redis.timeline.simulated;

/** What a server believes of another one, or of itself (clusterNode in cluster.h). Times are milliseconds of the play. */
final class Peer {
    final int node;
    boolean master = true;
    int of = -1;
    long epoch;
    boolean pfail;
    boolean fail;
    long failTime;
    long votedTime;
    long pingSent;
    long pongReceived;
    long dataReceived;
    boolean link;
    long linkSince;
    boolean hadReplicas;
    long orphaned;

    /** When each other server reported it as failing; 0 for never. */
    final long[] reports;

    Peer(int node, int nodes) {
        this.node = node;
        this.reports = new long[nodes];
    }

    boolean failing() {
        return pfail || fail;
    }
}
