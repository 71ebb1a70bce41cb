package io.clusterdeck.views.failover;

import io.clusterdeck.redis.timeline.Headline;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.Times;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;

/** All failovers of the cluster, the newest first; Enter or a click opens one. */
final class FailoverList extends ListView<Kept> {
    private final ObservableList<Kept> kept = FXCollections.observableArrayList();

    FailoverList(Look look, Consumer<Kept> open) {
        setId("failover-list");
        accessibleTextProperty().bind(look.tongue().text("failovers.sight.all"));
        getStyleClass().addAll("event-list", "failover-list");
        setItems(kept);
        setCellFactory(l -> new Cell(look));
        setOnMouseClicked(e -> open(open));
        setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                open(open);
            }
        });
        look.tongue().wordsProperty().subscribe(w -> refresh());
    }

    private void open(Consumer<Kept> open) {
        var one = getSelectionModel().getSelectedItem();
        if (one != null) {
            open.accept(one);
        }
    }

    void show(List<Kept> now) {
        kept.setAll(now);
    }

    /** By shape: taken over, not decided, came back, in trouble. */
    static Glyph.Kind glyph(Kept k) {
        return switch (k.timeline().outcome()) {
            case TAKEN_OVER -> Glyph.Kind.DONE;
            case CAME_BACK -> Glyph.Kind.NOTE;
            case RUNNING -> Glyph.Kind.BUSY;
            case STUCK -> Glyph.Kind.BAD;
            case GIVEN_UP, UNDECIDED -> Glyph.Kind.WARN;
        };
    }

    private static final class Cell extends ListCell<Kept> {
        /** As wide as the widest glyph: what stands behind it begins at one line in all rows. */
        private static final int SIGN = 16;

        private final Look look;
        private final Glyph glyph = new Glyph(Glyph.Kind.NOTE);
        private final Label when = new Label();
        private final Label what = new Label();
        private final Label took = new Label();
        private final StackPane sign = new StackPane(glyph);
        private final HBox row = new HBox(12, sign, when, what, took);

        Cell(Look look) {
            this.look = look;
            when.getStyleClass().addAll("mono", "muted");
            took.getStyleClass().addAll("muted");
            sign.setMinWidth(SIGN);
            when.setMinWidth(USE_PREF_SIZE);
            took.setMinWidth(USE_PREF_SIZE);
            what.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(what, Priority.ALWAYS);
            row.setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(Kept k, boolean empty) {
            super.updateItem(k, empty);
            if (empty || k == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            var words = look.tongue().words();
            var t = k.timeline();
            glyph.show(glyph(k));
            when.setText(Times.day(t.began()));
            what.setText(words.say(Headline.say(t)));
            took.setText(t.outage()
                    .map(o -> words.say("failovers.outage", "t", o.toMillis()))
                    .orElse(""));
            setAccessibleText(when.getText() + " " + what.getText() + " " + took.getText());
            setGraphic(row);
        }
    }
}
