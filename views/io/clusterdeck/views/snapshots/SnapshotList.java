package io.clusterdeck.views.snapshots;

import io.clusterdeck.deck.Archive.Kept;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The kept states, newest first: one is chosen to be looked at, two to be compared. */
final class SnapshotList extends VBox {
    private static final double WIDTH = 248;

    private final Look look;
    private final SnapshotsModel model;
    private final ListView<Kept> list = new ListView<>();
    private boolean filling;

    SnapshotList(Look look, SnapshotsModel model) {
        this.look = look;
        this.model = model;
        getStyleClass().add("snapshot-side");
        list.setId("snapshots-list");
        list.accessibleTextProperty().bind(look.tongue().text("views.nav.snapshots"));
        list.getStyleClass().add("runs-list");
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setCellFactory(l -> new KeptCell());
        list.setPlaceholder(new Label()); // the page beside it says that there is none
        VBox.setVgrow(list, Priority.ALWAYS);
        list.setMinHeight(96);
        list.setPrefHeight(120);
        var hint = look.label("snapshots.hint", "tiny", "muted", "snapshot-hint");
        hint.setWrapText(true);
        hint.setMinHeight(USE_PREF_SIZE);
        hint.visibleProperty().bind(Bindings.size(list.getItems()).greaterThan(1));
        hint.managedProperty().bind(hint.visibleProperty());
        getChildren().addAll(list, hint);
        setPrefWidth(WIDTH);
        setMinWidth(WIDTH);
        list.getSelectionModel().getSelectedItems().addListener((ListChangeListener<Kept>) c -> choose());
        model.allProperty().subscribe(a -> fill());
        model.chosenProperty().subscribe(c -> fill());
        look.tongue().wordsProperty().subscribe(w -> list.refresh());
    }

    private void choose() {
        if (filling) {
            return;
        }
        var picked = list.getSelectionModel().getSelectedItems().stream()
                .filter(k -> k != null)
                .toList();
        if (!picked.isEmpty()) {
            // of three or more the first and the last: the whole span
            model.chosenProperty().set(picked.size() <= 2 ? picked : List.of(picked.getFirst(), picked.getLast()));
        }
    }

    private void fill() {
        filling = true;
        if (!list.getItems().equals(model.allProperty().get())) {
            list.getItems().setAll(model.allProperty().get());
        }
        var wanted = model.chosenProperty().get();
        if (!List.copyOf(list.getSelectionModel().getSelectedItems()).equals(wanted)) {
            list.getSelectionModel().clearSelection();
            wanted.forEach(list.getSelectionModel()::select);
            if (!wanted.isEmpty()) {
                list.scrollTo(wanted.getFirst());
            }
        }
        filling = false;
    }

    private final class KeptCell extends ListCell<Kept> {
        private final Label time = new Label();
        private final Label why = new Label();
        private final VBox row;

        KeptCell() {
            time.getStyleClass().add("strong");
            why.getStyleClass().addAll("tiny", "muted");
            time.setMinWidth(0);
            why.setMinWidth(0);
            row = new VBox(2, time, why);
            row.setPrefWidth(1);
        }

        @Override
        protected void updateItem(Kept kept, boolean empty) {
            super.updateItem(kept, empty);
            if (empty || kept == null) {
                setGraphic(null);
                return;
            }
            time.setText(Axis.day(look, kept.at()) + " " + Figures.clock(kept.at()));
            var word = look.tongue().say("snapshots.word." + kept.why().name().toLowerCase(Locale.ROOT));
            boolean named = model.cluster().isEmpty() && !kept.imported();
            why.setText(named ? kept.cluster() + " · " + word : word);
            setGraphic(row);
        }
    }
}
