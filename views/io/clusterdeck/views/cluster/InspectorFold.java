package io.clusterdeck.views.cluster;

import io.clusterdeck.views.look.Look;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** Where the page is too narrow for it, the inspector lies over the page, and only when it is wanted. */
final class InspectorFold {
    /** Pixels of the page, from which on there is room beside it; beside a page that shows lines or tables, more. */
    private static final double ROOM = 740;

    private static final double WIDE = 1000;

    /** The table of weakest points tells nine things of each, none of which may be cut off. */
    private static final double TABLE = 1500;

    private final BorderPane body;
    private final Region inspector;
    private final StackPane over = new StackPane();
    private final ToggleButton toggle = new ToggleButton();
    private double room = ROOM;
    private boolean empty;
    private boolean narrow;

    InspectorFold(Look look, BorderPane body, Region inspector) {
        this.body = body;
        this.inspector = inspector;
        toggle.setId("inspector-toggle");
        toggle.getStyleClass().setAll("choice");
        toggle.textProperty().bind(look.tongue().text("desk.inspector"));
        toggle.setMinWidth(Region.USE_PREF_SIZE);
        over.setAlignment(Pos.CENTER_RIGHT);
        over.setPickOnBounds(false);
        inspector.setMaxWidth(Region.USE_PREF_SIZE);
        toggle.selectedProperty().subscribe(s -> lay());
        body.widthProperty().subscribe(w -> fold());
    }

    /** The page beside it needs its width, as the tab wants it. */
    void beside(Tab tab) {
        room = tab == Tab.REHEARSE ? TABLE : tab.ordinal() > Tab.NODES.ordinal() ? WIDE : ROOM;
        fold();
    }

    /** With nothing to show it needs no room that the page could use. */
    void empty(boolean nothing) {
        empty = nothing;
        fold();
    }

    private void fold() {
        narrow = body.getWidth() > 0 && body.getWidth() < (empty ? Math.max(room, WIDE) : room);
        lay();
    }

    private void lay() {
        toggle.setVisible(narrow);
        toggle.setManaged(narrow);
        if (narrow) {
            body.setRight(null);
            over.getChildren().setAll(toggle.isSelected() ? java.util.List.of(inspector) : java.util.List.of());
        } else {
            over.getChildren().clear();
            body.setRight(inspector);
        }
    }

    /** The row of tabs, with the inspector's button at its end where it is folded. */
    HBox bar(Region tabs) {
        HBox.setHgrow(tabs, Priority.ALWAYS);
        var bar = new HBox(tabs, toggle);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("tab-row");
        return bar;
    }

    Node over() {
        return over;
    }
}
