package io.clusterdeck.views.parts;

import javafx.scene.control.Label;

/** A text over as many lines as it needs, never cut. */
public final class Wrapped extends Label {
    public Wrapped(String text, String... styles) {
        super(text);
        setWrapText(true);
        setMinWidth(0);
        setMinHeight(USE_PREF_SIZE);
        getStyleClass().addAll(styles);
        getStyleClass().add("wrapped");
    }
}
