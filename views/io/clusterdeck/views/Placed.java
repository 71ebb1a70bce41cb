package io.clusterdeck.views;

import io.clusterdeck.store.Settings.Frame;
import java.util.List;
import javafx.geometry.Rectangle2D;

/** Where the window fits: its title can be reached, and nothing of it lies off the screen. */
final class Placed {
    /** What a desktop puts around a window: its title bar, above all. */
    private static final double AROUND = 40;

    private Placed() {}

    /**
     * No larger than the screen that it is on, and wholly on that one; in the middle of the first where it was nowhere yet, or on a
     * screen that is gone.
     *
     * @param screens what may be covered of each; the first is the primary one
     */
    static Frame on(List<Rectangle2D> screens, Frame wanted) {
        var at = screens.stream()
                .filter(s -> wanted.placed() && s.intersects(wanted.x(), wanted.y(), wanted.width(), wanted.height()))
                .findFirst();
        var screen = at.orElse(screens.getFirst());
        double width = Math.min(wanted.width(), screen.getWidth());
        double height = Math.min(wanted.height(), screen.getHeight() - AROUND);
        if (at.isEmpty()) {
            return new Frame(Double.NaN, Double.NaN, width, height, wanted.maximized());
        }
        return new Frame(
                Math.clamp(wanted.x(), screen.getMinX(), screen.getMaxX() - width),
                Math.clamp(wanted.y(), screen.getMinY(), screen.getMaxY() - AROUND - height),
                width,
                height,
                wanted.maximized());
    }
}
