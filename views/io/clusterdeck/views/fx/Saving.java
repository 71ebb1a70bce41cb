package io.clusterdeck.views.fx;

import io.clusterdeck.deck.paper.SupportBundle;
import io.clusterdeck.say.NotAllowed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes where the operator said; blocks. */
public final class Saving {
    private Saving() {}

    /** Where that can't be written, it is said, and is no mistake of ours. */
    public static Path write(Path file, String text) throws NotAllowed {
        try {
            return Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw SupportBundle.unwritable(file, unwritable);
        }
    }
}
