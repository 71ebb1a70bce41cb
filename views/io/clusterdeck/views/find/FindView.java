package io.clusterdeck.views.find;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.FocusBack;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The palette over the window: a field, and below it what answers to it. By keyboard alone: type, arrows, Enter; Escape leaves. */
public final class FindView extends StackPane {
    private static final double ROW = 34;
    private static final int ROWS = 11;
    private static final int PAGE = 8;

    private final Look look;
    private final Finder finder;
    private final TextField field = new TextField();
    private final ListView<Found> list = new ListView<>();
    private final Label none;
    private final FocusBack before = new FocusBack();

    public FindView(Look look, Finder finder) {
        this.look = look;
        this.finder = finder;
        setId("find");
        getStyleClass().addAll("scrim", "find");
        field.setId("find-field");
        field.promptTextProperty().bind(look.tongue().text("desk.find.prompt"));
        field.accessibleTextProperty().bind(look.tongue().text("desk.find"));
        field.textProperty().subscribe(this::search);
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.setId("find-list");
        list.getStyleClass().add("find-list");
        list.setFixedCellSize(ROW);
        list.setFocusTraversable(false);
        list.accessibleTextProperty().bind(look.tongue().text("desk.find"));
        list.setCellFactory(l -> new Cell());
        list.setOnMouseClicked(e -> go());
        none = look.label("desk.find.none", "muted");
        list.setPlaceholder(none);
        var hint = look.label("desk.find.hint", "tiny", "muted");
        hint.setMaxWidth(Double.MAX_VALUE);
        hint.getStyleClass().add("find-hint");
        var card = new VBox(field, list, hint);
        card.getStyleClass().add("find-card");
        card.setMaxHeight(Region.USE_PREF_SIZE);
        StackPane.setAlignment(card, Pos.TOP_CENTER);
        getChildren().add(card);
        setVisible(false);
        setOnMouseClicked(e -> {
            if (e.getTarget() == this) {
                finder.close();
            }
        });
        finder.openProperty().subscribe(this::show);
    }

    private void show(boolean open) {
        if (open) {
            before.remember(this);
            field.clear();
            search("");
            setVisible(true);
            field.requestFocus();
        } else if (isVisible()) {
            setVisible(false);
            before.giveBack();
        }
    }

    private void search(String query) {
        if (!finder.openProperty().get()) {
            return;
        }
        list.getItems().setAll(finder.find(query));
        int rows = Math.clamp(list.getItems().size(), 2, ROWS);
        list.setPrefHeight(rows * ROW + 2);
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
    }

    private void key(KeyEvent e) {
        switch (e.getCode()) {
            case DOWN -> move(1);
            case UP -> move(-1);
            case PAGE_DOWN -> move(PAGE);
            case PAGE_UP -> move(-PAGE);
            case ENTER -> go();
            case ESCAPE -> finder.close();
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void move(int by) {
        int last = list.getItems().size() - 1;
        if (last >= 0) {
            int to = Math.clamp(list.getSelectionModel().getSelectedIndex() + by, 0, last);
            list.getSelectionModel().clearAndSelect(to);
            list.scrollTo(Math.max(0, to - ROWS + 2));
        }
    }

    /** What is off stays in the list with its reason. */
    private void go() {
        var found = list.getSelectionModel().getSelectedItem();
        if (found != null && found.off().isEmpty()) {
            finder.close();
            found.open().run();
        }
    }

    private final class Cell extends ListCell<Found> {
        private final Label kind = new Label();
        private final Label title = new Label();
        private final Label more = new Label();
        private final Label keys = new Label();
        private final HBox row;

        Cell() {
            kind.getStyleClass().addAll("tiny", "muted", "find-kind");
            title.setMinWidth(USE_PREF_SIZE);
            more.getStyleClass().addAll("small", "muted");
            more.setMinWidth(0);
            keys.getStyleClass().add("key");
            keys.setMinWidth(USE_PREF_SIZE);
            var gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            row = new HBox(10, kind, title, more, gap, keys);
            row.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(Found found, boolean empty) {
            super.updateItem(found, empty);
            if (empty || found == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            kind.setText(
                    look.tongue().say("desk.find.kind." + found.kind().name().toLowerCase(Locale.ROOT)));
            title.setText(found.title());
            more.setText(found.off().orElse(found.more()));
            keys.setText(found.keys());
            keys.setVisible(!found.keys().isEmpty());
            row.setOpacity(found.off().isPresent() ? 0.5 : 1);
            setAccessibleText(kind.getText() + " " + found.title() + " " + more.getText());
            setGraphic(row);
        }
    }
}
