package io.clusterdeck.views.parts;

import javafx.scene.control.ProgressIndicator;

/** A ring that turns while something is awaited. The keyboard passes it by: there is nothing to do with it. */
public final class Turning extends ProgressIndicator {

    /** @param size its width and height, in pixels */
    public Turning(double size) {
        setMinSize(size, size);
        setMaxSize(size, size);
        setFocusTraversable(false);
    }
}
