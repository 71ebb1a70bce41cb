package io.clusterdeck.ssh;

/** Hears of followed files, on a thread of their host. */
@FunctionalInterface
public interface LogListener {
    void line(LogLine line);

    /** A file was emptied in place; what was written to it between the last look and then is in none of the lines. */
    default void emptied(HostName host, RemotePath file) {}
}
