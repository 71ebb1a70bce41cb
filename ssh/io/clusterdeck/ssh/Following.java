package io.clusterdeck.ssh;

import io.clusterdeck.say.Failure;
import java.util.Optional;

/** A running follow; closing it ends the remote processes, too. */
public interface Following extends AutoCloseable {

    /** Whether lines still arrive; false after {@link #close()} and after the host was lost. */
    boolean alive();

    /** Whether it has ended for good: closed, or refused by the host. One that is neither alive nor over is being taken up again. */
    boolean over();

    /** Waits until it has ended for good; why, where nobody closed it. */
    Optional<Failure> end() throws InterruptedException;

    @Override
    void close();
}
