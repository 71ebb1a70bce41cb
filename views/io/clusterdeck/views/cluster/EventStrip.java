package io.clusterdeck.views.cluster;

import io.clusterdeck.redis.events.Event;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Line;
import io.clusterdeck.views.parts.Rich;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The latest events in one line; "all events" opens the list above it. */
final class EventStrip extends VBox {
    private static final int SHOWN = 4;
    private static final double ROW = 28;

    private final Look look;
    private final Live live;
    private final Line latest = new Line(18);
    private final ListView<Event> list;

    EventStrip(Look look, Live live) {
        this.look = look;
        this.live = live;
        list = new ListView<>();
        list.setId("events");
        list.getStyleClass().add("event-list");
        list.setCellFactory(l -> new EventCell());
        list.accessibleTextProperty().bind(look.tongue().text("views.events.all"));
        list.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                show(list.getSelectionModel().getSelectedItem());
                e.consume();
            }
        });
        list.setFixedCellSize(ROW);
        list.setPrefHeight(8 * ROW + 2);
        list.setPlaceholder(look.label("views.events.none", "muted"));
        var all = new ToggleButton();
        all.getStyleClass().setAll("link");
        all.setId("events-all");
        all.textProperty().bind(look.tongue().text("views.events.all"));
        all.setMinWidth(USE_PREF_SIZE);
        list.visibleProperty().bind(all.selectedProperty());
        list.managedProperty().bind(all.selectedProperty());
        // folded, it makes no cells
        all.selectedProperty()
                .subscribe(open -> list.setItems(open ? live.events() : FXCollections.emptyObservableList()));
        HBox.setHgrow(latest, Priority.ALWAYS);
        var strip = new HBox(18, latest, all);
        strip.setAlignment(Pos.CENTER_LEFT);
        strip.getStyleClass().add("strip");
        getChildren().addAll(list, strip);
        live.events().addListener((ListChangeListener<Event>) c -> paint());
        look.tongue().wordsProperty().subscribe(w -> {
            paint();
            list.refresh();
        });
    }

    /** The lines stay and get other words: new ones would be styled and laid out anew at every event. */
    private void paint() {
        var said = live.events().isEmpty()
                ? List.of(look.tongue().say("views.events.quiet"))
                : live.events().stream().limit(SHOWN).map(this::line).toList();
        var lines = latest.parts();
        while (lines.size() < said.size()) {
            lines.add(new Rich("small", "muted"));
        }
        lines.remove(said.size(), lines.size());
        for (int i = 0; i < said.size(); i++) {
            ((Rich) lines.get(i)).say(said.get(i));
        }
    }

    /** Shows the node to which it happened. */
    private void show(@Nullable Event event) {
        if (event != null) {
            event.node().ifPresent(live::choose);
        }
    }

    private String line(Event event) {
        return Figures.clock(event.at()) + " " + look.tongue().say(event.what());
    }

    private final class EventCell extends ListCell<Event> {
        private final Glyph glyph = new Glyph(Glyph.Kind.NOTE);
        private final Label time = new Label();
        private final Rich what = new Rich();
        private final HBox row = new HBox(10, glyph, time, what);

        EventCell() {
            time.getStyleClass().addAll("mono", "muted");
            time.setMinWidth(USE_PREF_SIZE);
            row.setAlignment(Pos.CENTER_LEFT);
            row.setFillHeight(false); // or the words would stand above their time
            setOnMouseClicked(e -> show(getItem()));
        }

        @Override
        protected void updateItem(Event event, boolean empty) {
            super.updateItem(event, empty);
            if (empty || event == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            glyph.show(Marks.of(event.level()));
            time.setText(Figures.clock(event.at()));
            what.say(look.tongue().say(event.what()));
            setAccessibleText(time.getText() + " " + what.getAccessibleText());
            setGraphic(row);
        }
    }
}
