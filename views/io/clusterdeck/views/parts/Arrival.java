package io.clusterdeck.views.parts;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

/** Brings into sight what has come on a page, below what fills it. FX thread. */
public final class Arrival {
    private Arrival() {}

    /**
     * Once it is laid out: scrolls a pane so far that it is seen whole, or begins at the top where it is longer.
     *
     * @param from where it begins
     * @param to where it ends
     */
    public static void show(ScrollPane pane, Node from, Node to) {
        Laid.out(pane.getScene(), () -> scroll(pane, from, to));
    }

    private static void scroll(ScrollPane pane, Node from, Node to) {
        var content = pane.getContent();
        double room = pane.getViewportBounds().getHeight();
        double more = content.getLayoutBounds().getHeight() - room;
        double top =
                content.sceneToLocal(from.localToScene(from.getLayoutBounds())).getMinY() - Reveal.EDGE;
        double bottom =
                content.sceneToLocal(to.localToScene(to.getLayoutBounds())).getMaxY() + Reveal.EDGE;
        if (more > 0 && bottom > pane.getVvalue() * more + room) {
            pane.setVvalue(Math.clamp(Math.min(top, bottom - room) / more, 0, 1));
        }
    }
}
