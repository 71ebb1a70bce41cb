package io.clusterdeck.views.look;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.BreakIterator;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Where JavaFX may end a line: as the same iterator tells it. */
class JoinedTest {

    private static boolean mayEnd(String words, String after) {
        var lines = BreakIterator.getLineInstance(Locale.ROOT);
        lines.setText(words);
        return lines.isBoundary(words.indexOf(after) + after.length())
                || words.charAt(words.indexOf(after) + after.length()) == '\ufeff'
                        && lines.isBoundary(words.indexOf(after) + after.length() + 1);
    }

    @Test
    void aRangeAndAnAddressStayWhole() {
        for (var words : new String[] {"槽位（0–5460）：约 5 秒", "如果 10.78.27.12:9000 现在故障"}) {
            var sign = words.contains("–") ? "–" : "12:";
            assertTrue(mayEnd(words, sign), "it is ours to hold together");
            assertFalse(mayEnd(Figures.joined(words), sign));
        }
    }
}
