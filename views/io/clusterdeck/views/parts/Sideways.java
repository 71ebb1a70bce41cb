package io.clusterdeck.views.parts;

import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/** A figure that keeps its width: where the page is narrower, it is scrolled sideways, and the page below it is not. */
public final class Sideways extends ScrollPane {
    public Sideways(Region wide) {
        super(wide);
        wide.setMinWidth(USE_PREF_SIZE);
        getStyleClass().add("plain-scroll");
        setFitToHeight(true);
        setVbarPolicy(ScrollBarPolicy.NEVER);
        setMinHeight(USE_PREF_SIZE);
        setFocusTraversable(false);
    }
}
