package io.clusterdeck.views.parts;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;

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

    /** Gives the focus to the first control of a page that is in the scene. */
    public static void into(Node page) {
        page.applyCss(); // what a scroll pane holds is in the scene only once that has its skin
        first(page).ifPresent(Node::requestFocus);
    }
}
