package io.clusterdeck.plan;

/** Told around each record that a journal writes, on the writing thread: where tests let a run die. */
public interface JournalTap {

    JournalTap NONE = new JournalTap() {};

    /** Nothing of the record is on the disk yet. */
    default void before(String record) {}

    /** The record is on the disk for good. */
    default void after(String record) {}

    /** Thrown by a tap: the run stops dead, as if its process had been killed there. Nothing is undone, nothing more is written. */
    final class Halted extends Error {
        public Halted(String where) {
            super(where);
        }
    }
}
