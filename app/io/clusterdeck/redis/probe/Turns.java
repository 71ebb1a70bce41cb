package io.clusterdeck.redis.probe;

import java.util.concurrent.Semaphore;

/**
 * Who connects waits for his turn while a probe begins: a dozen TLS handshakes at once, on a computer that has much to do, take each other
 * the time, none is done within its limit, and all begin anew. Once everything is connected nobody waits for anybody any more, for a node
 * that is dead by then would hold up the others. Safe for use by many threads.
 */
final class Turns {
    /** So many connect at once. */
    private static final int SIDE_BY_SIDE = 2;

    private final Semaphore free = new Semaphore(SIDE_BY_SIDE);
    private volatile boolean over;

    /** Nobody waits. */
    static Turns none() {
        var none = new Turns();
        none.end();
        return none;
    }

    /** Something that connects. */
    interface Connecting<T, E extends Exception> {
        T now() throws E, InterruptedException;
    }

    /** Connects when it is its turn. */
    <T, E extends Exception> T take(Connecting<T, E> connecting) throws E, InterruptedException {
        if (over) {
            return connecting.now();
        }
        free.acquire();
        try {
            return connecting.now();
        } finally {
            free.release();
        }
    }

    /** From now on nobody waits. */
    void end() {
        over = true;
        free.release(Integer.MAX_VALUE / 2);
    }
}
