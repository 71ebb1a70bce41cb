package io.clusterdeck.views.parts;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

/** Scrolls the panes around a node so far that it can be seen. FX thread. */
public final class Reveal {
    /** Pixels that are left between it and the edge: what marks it lies around it. */
    static final double EDGE = 8;

    private Reveal() {}

    /** @param whole whether all of it is to be seen, and not only some */
    public static void show(Node node, boolean whole) {
        for (var at = node.getParent(); at != null; at = at.getParent()) {
            if (at instanceof ScrollPane pane && pane.getContent() != null) {
                scroll(pane, node, whole);
            }
        }
    }

    private static void scroll(ScrollPane pane, Node node, boolean whole) {
        var content = pane.getContent();
        var there = content.sceneToLocal(node.localToScene(node.getLayoutBounds()));
        double room = pane.getViewportBounds().getHeight();
        double more = content.getLayoutBounds().getHeight() - room;
        if (more <= 0 || there.getHeight() > room) {
            return;
        }
        double top = pane.getVvalue() * more;
        boolean out = there.getMaxY() <= top || there.getMinY() >= top + room;
        boolean cut = there.getMinY() < top || there.getMaxY() > top + room;
        if (out || whole && cut) {
            double to = there.getMinY() < top ? there.getMinY() - EDGE : there.getMaxY() + EDGE - room;
            pane.setVvalue(Math.clamp(to / more, 0, 1));
        }
    }
}
