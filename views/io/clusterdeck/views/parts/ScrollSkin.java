package io.clusterdeck.views.parts;

import javafx.scene.control.ScrollPane;
import javafx.scene.control.skin.ScrollPaneSkin;

/**
 * A scroll pane that paints what changed. JavaFX's own keeps a picture of everything in sight and paints all of it anew at each change
 * within: ten times a second, for a figure in a corner. Named in the style sheet for every scroll pane.
 */
public final class ScrollSkin extends ScrollPaneSkin {

    public ScrollSkin(ScrollPane pane) {
        super(pane);
        getChildren().stream()
                .filter(n -> n.getStyleClass().contains("viewport"))
                .forEach(n -> n.setCache(false));
    }
}
