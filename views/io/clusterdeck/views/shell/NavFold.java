package io.clusterdeck.views.shell;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.notice.NoticesView;
import io.clusterdeck.views.parts.Focus;
import io.clusterdeck.views.parts.FocusBack;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Where the window is too narrow for it, the navigation is a slim rail, and lies over the page when it is wanted. */
final class NavFold {
    /** Pixels of the window, from which on there is room beside it. */
    private static final double ROOM = 900;

    private final BorderPane frame;
    private final NavView nav;
    private final NoticesView notices;
    private final VBox rail;
    private final StackPane over = new StackPane();
    private final FocusBack before = new FocusBack();
    private boolean narrow;

    /** @param notices have a place of their own: in the navigation, or below the page where that is folded */
    NavFold(Look look, BorderPane frame, NavView nav, NoticesView notices, ShellModel model) {
        this.frame = frame;
        this.nav = nav;
        this.notices = notices;
        rail = new VBox(
                button(
                        look,
                        "desk.nav",
                        Feather.MENU,
                        () -> show(over.getChildren().isEmpty())),
                button(look, "desk.find", Feather.SEARCH, model.finder()::open),
                button(
                        look,
                        "views.settings",
                        Feather.SETTINGS,
                        () -> model.pageProperty().set(new Page.Settings())));
        rail.getStyleClass().add("rail");
        over.getStyleClass().add("nav-over");
        over.setAlignment(Pos.CENTER_LEFT);
        over.setPickOnBounds(false);
        over.setOnMouseClicked(e -> show(false));
        over.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                show(false);
                e.consume();
            }
        });
        frame.widthProperty().subscribe(w -> lay(w.doubleValue() > 0 && w.doubleValue() < ROOM));
        unfold();
        model.pageProperty().subscribe(p -> show(false));
    }

    private static Button button(Look look, String key, Feather icon, Runnable go) {
        var button = new Button();
        button.setId("rail-" + key.substring(key.indexOf('.') + 1));
        button.setGraphic(new FontIcon(icon));
        button.getStyleClass().setAll("icon-button");
        button.accessibleTextProperty().bind(look.tongue().text(key));
        button.setOnAction(e -> go.run());
        return button;
    }

    private void lay(boolean now) {
        if (now != narrow) {
            narrow = now;
            over.getChildren().clear();
            if (narrow) {
                nav.carry(Optional.empty());
                frame.setLeft(rail);
                notices.fold(true);
                frame.setBottom(notices);
            } else {
                unfold();
            }
        }
    }

    private void unfold() {
        frame.setBottom(null);
        frame.setLeft(nav);
        notices.fold(false);
        nav.carry(Optional.of(notices));
    }

    private void show(boolean open) {
        if (narrow) {
            if (open) {
                before.remember(over);
                over.getChildren().setAll(nav);
                over.setPickOnBounds(true);
                Focus.into(nav);
            } else {
                boolean within = over.isFocusWithin();
                over.getChildren().clear();
                over.setPickOnBounds(false);
                if (within) {
                    before.giveBack();
                }
            }
        }
    }

    Node over() {
        return over;
    }
}
