package io.clusterdeck.redis.failover;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Successors;

/** Whether a master still accepts writes, by its own word, by what the others see, and by its heir's link to it. */
enum Standing {
    ANSWERS,
    /** We don't reach it, and nobody else misses it. */
    UNREACHED,
    /** Somebody misses it, no majority says so, and its heir still has its link: it may serve. */
    DOUBTED,
    DOWN;

    static Standing of(Node master, Node heir) {
        if (master.answers()) {
            return ANSWERS;
        }
        if (master.failed()) {
            return DOWN;
        }
        if (master.up()) {
            return UNREACHED;
        }
        return Successors.linkedToMaster(heir) ? DOUBTED : DOWN;
    }

    /** Whether it may go on accepting writes while we can't see it. */
    boolean unseen() {
        return this == UNREACHED || this == DOUBTED;
    }
}
