package io.clusterdeck.cli;

import io.clusterdeck.say.Say;

/** The command line was used wrongly; nothing was done. */
final class Misuse extends Exception {

    private final transient Say what;

    Misuse(Say what) {
        super(what.toString());
        this.what = what;
    }

    Say what() {
        return what;
    }
}
