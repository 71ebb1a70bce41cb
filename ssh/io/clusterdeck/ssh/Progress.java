package io.clusterdeck.ssh;

/** Told how many of how many bytes are through; called on the copying thread. */
@FunctionalInterface
public interface Progress {

    Progress NONE = (done, total) -> {};

    void at(long done, long total);
}
