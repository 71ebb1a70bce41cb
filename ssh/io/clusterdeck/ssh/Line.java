package io.clusterdeck.ssh;

import io.clusterdeck.say.Say;

/** What a running script tells: its output, line by line, and what it marks as progress or as something to say. */
public sealed interface Line {

    /** Output for the eye ({@link Printable}); {@code error} tells stderr from stdout. */
    record Text(String text, boolean error) implements Line {
        public Text {
            text = Printable.of(text);
        }
    }

    /** Done so far, 0 to 100, or −1 when it can't be told; and with what it is busy: a name that no language changes, such as a file’s. */
    record Progress(int percent, String what) implements Line {
        public Progress {
            what = Printable.of(what);
        }
    }

    /** What a person should read, also once it is over; of a script by key ({@code say KEY name=value …}). */
    record Said(Say say) implements Line {}

    /** With what it is busy, in words: of no interest afterwards. */
    record Busy(Say say) implements Line {}
}
