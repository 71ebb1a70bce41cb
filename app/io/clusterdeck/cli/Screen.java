package io.clusterdeck.cli;

import io.clusterdeck.deck.Deck;
import io.clusterdeck.say.Failure;
import java.nio.file.Path;

/** What only the window can do for the command line. */
public interface Screen {

    /** Without any: results are printed, nothing is painted. */
    Screen NONE = new Screen() {
        @Override
        public boolean there() {
            return false;
        }

        @Override
        public void show(Deck deck, String cluster) {}

        @Override
        public void picture(Deck deck, String cluster, Path file) {
            throw new UnsupportedOperationException("there is no screen");
        }
    };

    /** Whether a window can be opened here. */
    boolean there();

    /** Opens the window on a cluster; returns when it was closed. */
    void show(Deck deck, String cluster) throws Failure, InterruptedException;

    /** Saves a picture (PNG, 1440 × 900) of the window on a cluster; needs no display. */
    void picture(Deck deck, String cluster, Path file) throws Failure, InterruptedException;
}
