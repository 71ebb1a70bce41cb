package io.clusterdeck.views.parts;

import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;

/**
 * Makes a button of what is none, such as a card: by a click, by Enter and Space. A screen reader presses with the action FIRE, which a
 * node must answer itself.
 */
public final class Press {
    private Press() {}

    public static void on(Node card, Runnable pressed) {
        card.setFocusTraversable(true);
        card.setAccessibleRole(AccessibleRole.BUTTON);
        card.setOnMouseClicked(e -> {
            card.requestFocus();
            pressed.run();
        });
        card.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE) {
                pressed.run();
                e.consume();
            }
        });
    }
}
