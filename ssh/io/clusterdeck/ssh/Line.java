package io.clusterdeck.ssh;

import io.clusterdeck.say.Say;
import java.util.regex.Pattern;

/** What a running script tells: its output, line by line, and what it marks as progress or as something to say. */
public sealed interface Line {

    /** Output for the eye, without the colours that a terminal would show; {@code error} tells stderr from stdout. */
    record Text(String text, boolean error) implements Line {
        /** Control sequences: ECMA-48, 5.4. */
        private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-?]*[ -/]*[@-~]");

        public Text {
            text = COLOURS.matcher(text).replaceAll("");
        }
    }

    /** Done so far, 0 to 100, or −1 when it can't be told; and with what it is busy: a name that no language changes, such as a file’s. */
    record Progress(int percent, String what) implements Line {}

    /** Something the script says by key ({@code say KEY name=value …}). */
    record Said(Say say) implements Line {}
}
