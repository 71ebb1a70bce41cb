package io.clusterdeck.views.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaletteTest {
    @Test
    void bothThemesHaveTheSameColours() {
        assertEquals(Theme.LIGHT.palette().names(), Theme.DARK.palette().names());
    }

    /** WCAG 2: 4.5 for text. */
    @ParameterizedTest
    @CsvSource({
        "fg,bg",
        "fg,sub",
        "mut,bg",
        "mut,sub",
        "ok,ok-sub",
        "warn,warn-sub",
        "bad,bad-sub",
        "acc,acc-sub",
        "fg,acc-soft"
    })
    void textCanBeRead(String text, String ground) {
        for (var theme : Theme.values()) {
            var contrast = contrast(theme.palette().of(text), theme.palette().of(ground));
            assertTrue(contrast >= 4.5, theme + " " + text + " on " + ground + ": " + contrast);
        }
    }

    private static double contrast(Color a, Color b) {
        double x = luminance(a);
        double y = luminance(b);
        return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
    }

    private static double luminance(Color c) {
        return 0.2126 * linear(c.getRed()) + 0.7152 * linear(c.getGreen()) + 0.0722 * linear(c.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.03928 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
