package io.clusterdeck.deck;

import io.clusterdeck.say.Failure;

/** A cluster that was forgotten, as long as that can be taken back. */
public interface Forgotten {

    /** Keeps it again as it was, with its password. */
    void undo() throws Failure;
}
