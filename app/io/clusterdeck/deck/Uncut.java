package io.clusterdeck.deck;

import io.clusterdeck.say.Failure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Work on files that the end of its thread must not cut: an interrupt closes what is open, and an entry would be lost. */
final class Uncut {

    private final ReentrantLock files = new ReentrantLock();

    /** Something that is done with files. */
    interface Work<T> {
        T run() throws Failure;
    }

    /** Does it also where the end was announced already, and whole. */
    <T> T whole(Work<T> work) throws Failure {
        files.lock();
        boolean ending = Thread.interrupted();
        try {
            return work.run();
        } finally {
            if (ending) {
                Thread.currentThread().interrupt();
            }
            files.unlock();
        }
    }

    /** Interrupts a thread once it is not at its files; one that does not come away from them in that time (a share that hangs) is, too. */
    void interrupt(Thread worker, Duration patience) {
        boolean ours = false;
        try {
            ours = files.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        worker.interrupt();
        if (ours) {
            files.unlock();
        }
    }
}
