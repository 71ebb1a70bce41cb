package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Escape sequences as programs print them, and as somebody would who wants to command the operator's terminal. */
class PrintableTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'    ␛[34mCC␛[0m ␛[33mserver.o␛[0m' | '    CC server.o'", // make of Redis
                "␛[1;31merror:␛[m x | 'error: x'",
                "␛[2J␛[1;1Hdone | done",
                "␛]0;title␇after | after",
                "␛]8;;http://x␛\\link␛]8;;␛\\ | link",
                "␛]52;c;cm0gLXJmIC8=␇paste | paste",
                "␛P$q\"p␛\\ok | ok",
                "␛(B␛)0plain␛7␛8 | plain",
                "half ␛[3 | 'half '",
                "a␛ | a",
                "C1 \u009b31mred\u009b0m | C1 red",
                "beep␇ back␈space | beep backspace",
                "umlaut ä, 大, tab\tstays | umlaut ä, 大, tab\tstays",
                "[34m stays | [34m stays"
            })
    void isTextAlone(String raw, String text) {
        assertEquals(
                text,
                Printable.of(raw.replace('␛', '\u001b').replace('␇', '\u0007').replace('␈', '\b')));
    }

    @Test
    void whatHasNoneIsLeftAlone() {
        var line = "31337:M 26 Nov 2026 21:38:43.111 * Ready to accept connections";
        assertSame(line, Printable.of(line));
    }
}
