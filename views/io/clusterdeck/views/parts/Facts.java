package io.clusterdeck.views.parts;

import io.clusterdeck.views.look.Look;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** Names and values, one a row. A row without a value is left out. */
public final class Facts extends GridPane {
    private final Look look;
    private final List<Row> rows = new ArrayList<>();

    /** One row; its value can be set again and again. */
    public final class Row {
        private final Node name;
        private final Rich value;

        private Row(Node name, Rich value) {
            this.name = name;
            this.value = value;
        }

        /** An empty text hides the row. */
        public void say(String words) {
            value.say(words);
            boolean there = !words.isEmpty();
            name.setVisible(there);
            name.setManaged(there);
            value.setVisible(there);
            value.setManaged(there);
        }

        /** Puts something at the end of the value's line; the value keeps to its words' width. */
        public void beside(Node more) {
            int row = GridPane.getRowIndex(value);
            getChildren().remove(value);
            value.setMinWidth(USE_PREF_SIZE);
            HBox.setHgrow(value, Priority.ALWAYS);
            var both = new HBox(10, value, more);
            both.setAlignment(Pos.CENTER_LEFT);
            both.visibleProperty().bind(value.visibleProperty());
            both.managedProperty().bind(value.visibleProperty());
            add(both, 1, row);
        }
    }

    public Facts(Look look, double names) {
        this.look = look;
        getStyleClass().add("facts-grid");
        var first = new ColumnConstraints(names);
        var second = new ColumnConstraints();
        second.setHgrow(Priority.ALWAYS);
        second.setMinWidth(0);
        getColumnConstraints().setAll(first, second);
    }

    public Row row(String key, String... styles) {
        return row(look.label(key, "muted"), styles);
    }

    private Row row(Label name, String... styles) {
        name.setMinWidth(0);
        name.setWrapText(true);
        GridPane.setValignment(name, javafx.geometry.VPos.TOP);
        var value = new Rich(styles).filling();
        GridPane.setHgrow(value, Priority.ALWAYS);
        addRow(rows.size(), name, value);
        var row = new Row(name, value);
        rows.add(row);
        return row;
    }
}
