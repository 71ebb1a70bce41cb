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
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setMinHeight(USE_PREF_SIZE);
        setFocusTraversable(false);
        // a bar that comes only as needed takes its room from the figure's last row
        widthProperty().subscribe(w -> bar(wide));
        wide.widthProperty().subscribe(w -> bar(wide));
    }

    private void bar(Region wide) {
        setHbarPolicy(wide.getWidth() > getWidth() + 1 ? ScrollBarPolicy.ALWAYS : ScrollBarPolicy.NEVER);
    }
}
