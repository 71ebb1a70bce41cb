package io.clusterdeck.views.shell;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.FocusBack;
import io.clusterdeck.views.parts.Wrapped;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Every shortcut on one card, over the window. */
final class KeysView extends StackPane {
    private final FocusBack before = new FocusBack();

    KeysView(Look look, BooleanProperty open) {
        setId("keys");
        getStyleClass().add("scrim");
        var grid = new GridPane(24, 9);
        int row = 0;
        for (var key : Keys.values()) {
            var cap = new Label(key.shown());
            cap.getStyleClass().add("key");
            cap.setMinWidth(USE_PREF_SIZE);
            grid.addRow(row++, cap, what(look, key.word()));
        }
        for (var more : new String[] {"tab", "enter", "escape"}) {
            var cap = look.label("desk.cap." + more, "key");
            cap.setMinWidth(USE_PREF_SIZE);
            grid.addRow(row++, cap, what(look, more));
        }
        var close = look.button("views.close", () -> open.set(false), "primary");
        close.setId("keys-close");
        var foot = new HBox(close);
        foot.setAlignment(Pos.CENTER_RIGHT);
        grid.setPadding(new Insets(0, 12, 0, 0));
        var scroll = new ScrollPane(grid);
        scroll.getStyleClass().add("plain-scroll");
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFitToWidth(true);
        scroll.setMinHeight(0);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        var card = new VBox(look.label("desk.keys", "h2"), scroll, foot);
        StackPane.setMargin(card, new Insets(16));
        card.getStyleClass().addAll("question", "keys-card");
        card.setMaxHeight(Region.USE_PREF_SIZE);
        card.setMaxWidth(Region.USE_PREF_SIZE);
        getChildren().add(card);
        visibleProperty().bind(open);
        open.subscribe(now -> {
            if (now) {
                before.remember(this);
                close.requestFocus();
            } else {
                before.giveBack();
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                open.set(false);
                e.consume();
            }
        });
        setOnMouseClicked(e -> {
            if (e.getTarget() == this) {
                open.set(false);
            }
        });
    }

    private static Wrapped what(Look look, String word) {
        var what = new Wrapped("");
        what.textProperty().bind(look.tongue().text("desk.key." + word));
        return what;
    }
}
