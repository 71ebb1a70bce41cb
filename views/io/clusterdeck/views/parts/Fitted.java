package io.clusterdeck.views.parts;

import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/** A page that fills its place, and is scrolled where that is lower than the least it needs: it never lies over what is around it. */
public final class Fitted extends ScrollPane {
    public Fitted(Region page) {
        super(page);
        page.setMinWidth(0);
        setFitToWidth(true);
        setFitToHeight(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        setMinHeight(0);
        getStyleClass().add("plain-scroll");
    }
}
