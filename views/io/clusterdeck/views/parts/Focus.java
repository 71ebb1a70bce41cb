package io.clusterdeck.views.parts;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Pane;

/** Finds what can have the focus. FX thread. */
public final class Focus {
    private Focus() {}

    /** The first control in {@code node}, as Tab goes; empty where there is none. */
    public static Optional<Node> first(Node node) {
        if (!node.isVisible() || node.isDisabled()) {
            return Optional.empty();
        }
        if (node.isFocusTraversable() && !(node instanceof ScrollPane)) {
            return Optional.of(node);
        }
        return node instanceof Parent parent
                ? parent.getChildrenUnmodifiable().stream()
                        .flatMap(child -> first(child).stream())
                        .findFirst()
                : Optional.empty();
    }

    /** Shows another node on a page. A focus that was in the old one goes into the new one: JavaFX would give it to the navigation. */
    public static void turn(Pane page, Node to) {
        boolean within = isIn(page);
        page.getChildren().setAll(to);
        if (within) {
            into(page);
        }
    }

    private static boolean isIn(Node page) {
        for (Node at = page.getScene() == null ? null : page.getScene().getFocusOwner();
                at != null;
                at = at.getParent()) {
            if (at == page) {
                return true;
            }
        }
        return false;
    }

    /** Gives the focus to the first control of a page that is in the scene, unless the page has put it somewhere itself. */
    public static void into(Node page) {
        page.applyCss(); // what a scroll pane holds is in the scene only once that has its skin
        if (!isIn(page)) {
            first(page).ifPresent(Node::requestFocus);
        }
    }
}
