package io.clusterdeck.views;

import io.clusterdeck.redis.model.SlotRange;

/** A cluster of hundreds of nodes. */
public final class Crowd {

    private Crowd() {}

    /** So many masters 10000, 10001, … with a replica 20000, 20001, … each, on 40 hosts. */
    public static Sample of(int masters) {
        var s = new Sample("orders-prod");
        for (int i = 0; i < masters; i++) {
            int from = i * SlotRange.SLOTS / masters;
            int to = (i + 1) * SlotRange.SLOTS / masters - 1;
            s.master(10_000 + i, 1 + i % 40, new SlotRange(from, to), 40_000, 90_000_000, 900);
            s.replica(20_000 + i, 1 + (i + 1) % 40, 10_000 + i, 0);
        }
        return s;
    }
}
