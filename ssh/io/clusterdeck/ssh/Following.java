package io.clusterdeck.ssh;

/** A running follow; closing it ends the remote processes, too. */
public interface Following extends AutoCloseable {

    /** Whether lines still arrive; false after {@link #close()} and after the host was lost. */
    boolean alive();

    /** Whether it has ended for good: closed, or refused by the host. One that is neither alive nor over is being taken up again. */
    boolean over();

    @Override
    void close();
}
