package io.clusterdeck.views.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.say.Say;
import io.clusterdeck.words.Words;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Why a line was not sent, and what to do, are two sentences. */
class FailedLineTest {
    private static final Say LOCKED = Say.of("console.locked", "command", "SET");
    private static final Say ENDED = Say.of("link.over", "node", "10.0.0.1:9000");
    private static final Say NEXT = Say.of("console.locked.next");

    private static String told(Say what, Locale in) {
        return new ConsoleLine.Failed(what, NEXT).text(Words.in(in));
    }

    @Test
    void twoSentences() {
        assertEquals(
                "SET may change something, and the console is read-only. Unlock it first.",
                told(LOCKED, Locale.ENGLISH));
        assertEquals("SET 可能会更改数据，而控制台是只读的。请先解锁。", told(LOCKED, Locale.CHINA));
    }

    /** What ends already gets no second stop. */
    @Test
    void oneStop() {
        for (var in : new Locale[] {Locale.ENGLISH, Locale.CHINA}) {
            var words = Words.in(in);
            var gap = in.equals(Locale.CHINA) ? "" : " ";
            assertEquals(words.say(ENDED) + gap + words.say(NEXT), told(ENDED, in));
        }
    }
}
