package io.clusterdeck.views;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Cell;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;

/** Whether what reacts to the mouse is there for the keyboard and for a screen reader, too. FX thread. */
final class Reach {
    private Reach() {}

    /** What is clicked, but can not have the focus, is called nothing, or does nothing when a screen reader presses it. */
    static List<String> mouseOnly(Scene scene) {
        var only = new ArrayList<String>();
        look(scene.getRoot(), only);
        return only;
    }

    private static void look(Node node, List<String> only) {
        if (!node.isVisible()) {
            return;
        }
        boolean clicked = node.getOnMouseClicked() != null || node.getOnMousePressed() != null;
        if (clicked && !node.isDisabled() && !covers(node) && !reached(node)) {
            only.add(Ring.told(node));
        }
        within(node).forEach(c -> look(c, only));
    }

    /** What JavaFX makes a control of, such as the thumb of a scroll bar, is its own business. */
    private static Stream<Node> within(Node node) {
        return switch (node) {
            case ScrollPane pane -> Stream.ofNullable(pane.getContent());
            case ListView<?> list -> list.lookupAll(".list-cell").stream();
            case TableView<?> table -> table.lookupAll(".table-cell").stream();
            case Labeled labeled -> Stream.ofNullable(labeled.getGraphic());
            case Control control -> Stream.of();
            case Parent parent -> parent.getChildrenUnmodifiable().stream();
            default -> Stream.of();
        };
    }

    /** A click beside what lies over the page closes that; by keyboard Escape does. */
    private static boolean covers(Node node) {
        return node.getStyleClass().contains("scrim") || node.getStyleClass().contains("nav-over");
    }

    private static boolean reached(Node node) {
        if (node instanceof Cell<?>) {
            return node instanceof ListCell<?> cell
                    && (cell.isEmpty() || cell.getListView().getOnKeyPressed() != null);
        }
        if (node instanceof ListView<?> list && !list.isFocusTraversable()) {
            return list.getAccessibleText() != null; // the field above it has the focus and moves in it
        }
        if (node instanceof Control) {
            return node.isFocusTraversable() && node.getOnKeyPressed() != null;
        }
        return node.isFocusTraversable()
                && node.getAccessibleText() != null
                && node.getAccessibleRole() != AccessibleRole.NODE
                && node.getAccessibleRole() != AccessibleRole.PARENT
                && acts(node);
    }

    /** Whether it answers to a screen reader itself: a button's FIRE, a slider's INCREMENT. */
    private static boolean acts(Node node) {
        for (Class<?> type = node.getClass();
                type.getName().startsWith("io.clusterdeck");
                type = type.getSuperclass()) {
            if (Stream.of(type.getDeclaredMethods()).anyMatch(m -> m.getName().equals("executeAccessibleAction"))) {
                return true;
            }
        }
        return false;
    }
}
