package io.clusterdeck.views.parts;

import io.clusterdeck.views.look.Figures;
import javafx.scene.control.Label;

/** A text over as many lines as it needs, never cut; long paths break behind a slash. */
public final class Wrapped extends Label {
    public Wrapped(String text, String... styles) {
        super(Figures.breakable(text));
        setWrapText(true);
        setMinWidth(0);
        setMinHeight(USE_PREF_SIZE);
        getStyleClass().addAll(styles);
        getStyleClass().add("wrapped");
    }
}
