package io.clusterdeck.ssh;

/** A running follow; closing it ends the remote processes, too. */
public interface Following extends AutoCloseable {

    /** Whether lines still arrive; false after {@link #close()} and after the host was lost. */
    boolean alive();

    @Override
    void close();
}
