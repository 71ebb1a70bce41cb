package io.clusterdeck.redis.timeline.simulated;

/** A cluster to which deeds are done: a play, or real servers. Nodes are numbered: the first masters, then their replicas. */
public interface Scene {

    int shards();

    int nodes();

    int host(int node);

    /** Who has that shard's slots now, or had them last. */
    int owner(int shard);

    /** Who was replaced last; −1 for nobody yet. */
    int replaced();

    boolean up(int node);

    /** Whether it holds itself for the master of slots. */
    boolean master(int node);

    /** Whose replica it takes itself for; −1 for none. */
    int masterOf(int node);

    /** @param politely whether it is told that it ends */
    void kill(int node, boolean politely);

    void start(int node);

    void hang(int node);

    void resume(int node);

    /** Its host loses power: nobody is told. */
    void vanish(int node);

    void cut(int from, int to, boolean off);

    /** No link is cut any more. */
    void mend();

    /** CLUSTER FAILOVER; whether the server took it. */
    boolean order(int node, Truth.Way way);
}
