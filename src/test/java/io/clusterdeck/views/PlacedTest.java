package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.store.Settings.Frame;
import java.util.List;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;

class PlacedTest {
    private static final Rectangle2D SMALL = new Rectangle2D(0, 24, 1366, 744);
    private static final Rectangle2D LARGE = new Rectangle2D(1366, 0, 2560, 1440);

    @Test
    void onASmallScreenItIsAsLargeAsThat() {
        assertEquals(
                new Frame(Double.NaN, Double.NaN, 1366, 704, false),
                Placed.on(List.of(SMALL), new Frame(Double.NaN, Double.NaN, 1440, 900, false)));
    }

    @Test
    void whereItWasItIsAgain() {
        var was = new Frame(1500, 80, 1440, 900, true);
        assertEquals(was, Placed.on(List.of(SMALL, LARGE), was));
    }

    @Test
    void whatLiesOffTheScreenComesBack() {
        assertEquals(
                new Frame(0, 24, 1366, 704, false), Placed.on(List.of(SMALL), new Frame(-30, -13, 1440, 900, false)));
        assertEquals(
                new Frame(2486, 500, 1440, 900, false),
                Placed.on(List.of(SMALL, LARGE), new Frame(3000, 1300, 1440, 900, false)));
    }

    @Test
    void onAScreenThatIsGoneItIsPlacedByTheDesktop() {
        assertEquals(
                new Frame(Double.NaN, Double.NaN, 1366, 704, false),
                Placed.on(List.of(SMALL), new Frame(1500, 80, 1440, 900, false)));
    }
}
