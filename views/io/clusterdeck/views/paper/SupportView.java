package io.clusterdeck.views.paper;

import io.clusterdeck.deck.paper.Papers;
import io.clusterdeck.deck.paper.SupportBundle;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.notice.Notice;
import io.clusterdeck.views.parts.Glyph;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/** The bundle for support: collected, shown file by file, and saved only then. */
public final class SupportView extends VBox {
    private static final double ROW = 26;
    private static final int ROWS = 8;

    private final Look look;
    private final Papers papers;
    private final Consumer<Failure> failed;
    private final Consumer<Notice> tell;
    private final ListView<SupportBundle.Part> list = new ListView<>();
    private final Button collect;
    private final Button save;
    private @Nullable SupportBundle bundle;

    public SupportView(Look look, Papers papers, Consumer<Failure> failed, Consumer<Notice> tell) {
        super(8);
        this.look = look;
        this.papers = papers;
        this.failed = failed;
        this.tell = tell;
        setId("support");
        collect = look.button("desk.support.collect", this::collect);
        save = look.button("desk.support.save", this::choose, "primary");
        save.setDisable(true);
        list.setId("support-list");
        list.getStyleClass().add("support-list");
        list.setFixedCellSize(ROW);
        list.setCellFactory(l -> new Cell());
        list.accessibleTextProperty().bind(look.tongue().text("desk.support"));
        list.setVisible(false);
        list.setManaged(false);
        getChildren().addAll(new HBox(8, collect, save), list);
    }

    private void collect() {
        collect.setDisable(true);
        Work.begin("collect for support", papers::support, this::show, failure -> {
            collect.setDisable(false);
            failed.accept(failure);
        });
    }

    private void show(SupportBundle found) {
        bundle = found;
        collect.setDisable(false);
        save.setDisable(false);
        list.getItems().setAll(found.parts());
        list.setPrefHeight(Math.min(ROWS, found.parts().size()) * ROW + 4);
        list.setVisible(true);
        list.setManaged(true);
    }

    private void choose() {
        var found = bundle;
        if (found == null) {
            return;
        }
        var chooser = new FileChooser();
        chooser.setTitle(look.tongue().say("desk.support.save"));
        chooser.setInitialFileName(found.fileName());
        var file = chooser.showSaveDialog(getScene().getWindow());
        if (file != null) {
            save(file.toPath());
        }
    }

    /** Saves what is listed. */
    void save(Path file) {
        var found = bundle;
        if (found != null) {
            Work.begin(
                    "save for support",
                    () -> {
                        found.save(file);
                        return file;
                    },
                    saved -> tell.accept(Notice.of(Glyph.Kind.DONE, Say.of("desk.saved", "file", saved))),
                    failed);
        }
    }

    private final class Cell extends ListCell<SupportBundle.Part> {
        private final Label name = new Label();
        private final Label size = new Label();
        private final HBox row;

        Cell() {
            name.getStyleClass().add("mono");
            name.setMinWidth(0);
            size.getStyleClass().addAll("small", "muted");
            size.setMinWidth(USE_PREF_SIZE);
            var gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            row = new HBox(8, name, gap, size);
            row.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(SupportBundle.@Nullable Part part, boolean empty) {
            super.updateItem(part, empty);
            if (empty || part == null) {
                setGraphic(null);
                return;
            }
            name.setText(part.name());
            var bytes = look.tongue().words().bytes(part.size());
            size.setText(part.cut() ? look.tongue().say("desk.support.cut", "size", bytes) : bytes);
            setGraphic(row);
        }
    }
}
