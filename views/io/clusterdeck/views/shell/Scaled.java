package io.clusterdeck.views.shell;

import io.clusterdeck.views.look.Look;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.transform.Scale;
import javafx.stage.PopupWindow;
import javafx.stage.Window;

/**
 * The window's content at the operator's scale: laid out in fewer, larger pixels. Where those become too few for the layout, the window
 * scrolls instead of cutting anything off. Menus and hints are windows of their own and get a larger font.
 */
public final class Scaled extends ScrollPane {
    /** What the layout needs, as designed. */
    private static final double LEAST_WIDTH = 500;

    private static final double LEAST_HEIGHT = 330;
    private static final double FONT = 13;

    private final Look look;
    private final Region content;
    private final Scale zoom = new Scale(1, 1, 0, 0);
    // kept, since the list holds it weakly
    private final ListChangeListener<Window> popups = this::popups;

    public Scaled(Look look, Region content) {
        this.look = look;
        this.content = content;
        getStyleClass().add("scaled");
        setFitToWidth(true);
        setFitToHeight(true);
        setFocusTraversable(false);
        content.getTransforms().add(zoom);
        var sheet = new Sheet();
        setContent(sheet);
        look.themes().scaleProperty().subscribe(s -> {
            zoom.setX(s.doubleValue());
            zoom.setY(s.doubleValue());
            sheet.fit();
        });
        Window.getWindows().addListener(new javafx.collections.WeakListChangeListener<>(popups));
    }

    private void popups(ListChangeListener.Change<? extends Window> change) {
        while (change.next()) {
            for (var window : change.getAddedSubList()) {
                if (window instanceof PopupWindow popup) {
                    enlarge(popup);
                }
            }
        }
    }

    private void enlarge(PopupWindow popup) {
        double scale = look.themes().scaleProperty().get();
        var root = popup.getScene().getRoot();
        root.setStyle(scale == 1 ? "" : "-fx-font-size: " + FONT * scale + "px;");
    }

    private final class Sheet extends Pane {
        private final ChangeListener<Number> again = (p, was, now) -> requestLayout();

        Sheet() {
            getChildren().add(content);
            widthProperty().addListener(again);
            heightProperty().addListener(again);
        }

        void fit() {
            setMinSize(LEAST_WIDTH * zoom.getX(), LEAST_HEIGHT * zoom.getY());
            requestLayout();
        }

        @Override
        protected void layoutChildren() {
            content.resizeRelocate(0, 0, getWidth() / zoom.getX(), getHeight() / zoom.getY());
        }
    }
}
