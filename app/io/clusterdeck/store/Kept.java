package io.clusterdeck.store;

import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import java.io.IOException;
import java.nio.file.Path;

/** The two ways in which a file of ours can fail. */
final class Kept {

    private Kept() {}

    static NotAllowed unwritable(Path file, IOException why) {
        return new NotAllowed(
                Say.of("store.unwritable", "file", file, "why", why),
                Say.of("store.unwritable.next", "file", file),
                why);
    }

    static UnexpectedOutput unreadable(Path file, Exception why) {
        return new UnexpectedOutput(
                Say.of("store.unreadable", "file", file, "why", String.valueOf(why.getMessage())),
                Say.of("store.unreadable.next", "file", file),
                why);
    }
}
