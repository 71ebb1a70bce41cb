package io.clusterdeck.views.snapshots;

import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Bar;
import io.clusterdeck.views.parts.Fitted;
import io.clusterdeck.views.parts.Rich;
import io.clusterdeck.views.parts.TabBar;
import io.clusterdeck.views.runs.RunsModel;
import java.io.File;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Kept states: a list and for one cluster its axis of time; the chosen state as it was, or two with what differs. */
public final class SnapshotsView extends BorderPane {
    /** Pixels, from which on the list has room beside what is chosen in it. */
    private static final double BESIDE = 560;

    private final Look look;
    private final SnapshotsModel model;
    private final RunsModel runs;
    private final Optional<Live> now;
    private final TabBar<PastView.Side> sides;
    private final StackPane page = new StackPane();
    private final MenuButton export = new MenuButton();
    private final Button remove;
    private final Button older;
    private final Button newer;
    private final Button compare;
    private final HBox note = new HBox(12);

    /** @param now the cluster as it is, for a cluster's own history */
    public SnapshotsView(Look look, SnapshotsModel model, RunsModel runs, Optional<Live> now) {
        this.look = look;
        this.model = model;
        this.runs = runs;
        this.now = now;
        setId(now.isPresent() ? "history" : "snapshots");
        sides = new TabBar<>(look, "views.tab.", PastView.Side.values(), PastView.Side.TOPOLOGY, "choices");
        remove = look.button("snapshots.remove", model::remove);
        older = look.button("snapshots.older", () -> model.step(1));
        newer = look.button("snapshots.newer", () -> model.step(-1));
        compare = look.button("snapshots.compare-now", () -> now.ifPresent(live -> model.compare(live.state())));
        exports();
        var list = new SnapshotList(look, model);
        var top = new VBox(bar(), note);
        setTop(top);
        widthProperty().subscribe(w -> {
            boolean beside = w.doubleValue() == 0 || w.doubleValue() >= BESIDE;
            setLeft(beside ? list : null);
            top.getChildren()
                    .setAll(
                            beside
                                    ? List.of(top.getChildren().getFirst(), note)
                                    : List.of(top.getChildren().getFirst(), note, list));
        });
        var middle = new BorderPane(page);
        if (now.isPresent()) {
            middle.setTop(new Axis(look, model));
        }
        setCenter(new Fitted(middle));
        note.getStyleClass().add("snapshot-note");
        note.setAlignment(Pos.CENTER_LEFT);
        model.shownProperty().subscribe(s -> paint());
        model.noteProperty().subscribe(n -> note());
        look.tongue().wordsProperty().subscribe(w -> {
            paint();
            note();
        });
        sceneProperty().subscribe(scene -> {
            if (scene != null) {
                model.refresh();
            }
        });
    }

    private Bar bar() {
        var begin = now.isPresent()
                ? List.of(look.button("snapshots.take", model::take, "primary"), older, newer)
                : List.of(look.button("snapshots.import", this::bring, "primary"));
        var end = new ArrayList<Node>(List.of(sides));
        if (now.isPresent()) {
            end.add(compare);
        }
        end.addAll(List.of(export, remove, new KeepingMenu(look, model)));
        var bar = new Bar(begin, end);
        bar.getStyleClass().add("snapshot-bar");
        return bar;
    }

    private void exports() {
        export.setId("snapshots-export");
        export.textProperty().bind(look.tongue().text("snapshots.export"));
        var sign = new CheckMenuItem();
        sign.textProperty().bind(look.tongue().text("snapshots.sign"));
        sign.selectedProperty().bindBidirectional(model.signProperty());
        export.setOnShowing(e -> {
            var formats = model.shownProperty().get() instanceof Shown.Two ? Format.COMPARISONS : Format.SNAPSHOTS;
            export.getItems().setAll(formats.stream().map(this::format).toList());
            export.getItems().addAll(new SeparatorMenuItem(), sign);
        });
        export.getItems().add(sign); // a menu without entries is never shown
    }

    private MenuItem format(Format format) {
        var item = new MenuItem(look.tongue().say("snapshots.format." + format.word()));
        item.setOnAction(e -> save(format));
        return item;
    }

    private void save(Format format) {
        var name = switch (model.shownProperty().get()) {
            case Shown.Nothing n -> "";
            case Shown.Unread u -> "";
            case Shown.One one ->
                stem(one.snapshot().state()) + when(one.snapshot().state());
            case Shown.Two two ->
                stem(two.comparison().after())
                        + when(two.comparison().before())
                        + when(two.comparison().after());
        };
        choose(
                name + format.ending(),
                file -> model.export(format, file.toPath(), look.tongue().words()));
    }

    private static String stem(ClusterState state) {
        return state.name().replaceAll("[^\\p{L}\\p{N}_-]", "-");
    }

    private static String when(ClusterState state) {
        return "-" + state.at().truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[^0-9TZ]", "");
    }

    private void choose(String name, Consumer<File> to) {
        var chooser = new FileChooser();
        chooser.setTitle(look.tongue().say("snapshots.export"));
        chooser.setInitialFileName(name);
        var file = chooser.showSaveDialog(getScene().getWindow());
        if (file != null) {
            to.accept(file);
        }
    }

    /** Asks for the file of a snapshot and shows what is in it. */
    public void bring() {
        var chooser = new FileChooser();
        chooser.setTitle(look.tongue().say("snapshots.import"));
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(
                        look.tongue().say("snapshots.format.json"), "*.json", "*.json.gz", "*.gz"));
        var file = chooser.showOpenDialog(getScene().getWindow());
        if (file != null) {
            model.bring(file.toPath());
        }
    }

    private void paint() {
        var shown = model.shownProperty().get();
        boolean one = shown instanceof Shown.One;
        boolean two = shown instanceof Shown.Two;
        boolean any = !model.allProperty().get().isEmpty();
        export.setDisable(!one && !two);
        compare.setDisable(!one);
        remove.setDisable(!any);
        sides.setVisible(!two);
        int at = model.chosenProperty().get().isEmpty()
                ? -1
                : model.allProperty().get().indexOf(model.chosenProperty().get().getFirst());
        newer.setDisable(at <= 0);
        older.setDisable(at < 0 || at >= model.allProperty().get().size() - 1);
        page.getChildren()
                .setAll(
                        switch (shown) {
                            case Shown.Nothing n -> nothing();
                            case Shown.Unread u -> new VBox();
                            case Shown.One o -> new PastView(look, o.snapshot(), runs, sides);
                            case Shown.Two t -> new ComparisonView(look, t.comparison());
                        });
    }

    private VBox nothing() {
        var hint = look.label(
                now.isPresent() ? "snapshots.none.why" : "snapshots.none.anywhere", "muted", "centered-text");
        hint.setWrapText(true);
        hint.setMaxWidth(420);
        var box = new VBox(8, look.label("snapshots.none", "h2"), hint);
        box.setAlignment(Pos.CENTER);
        return box;
    }

    private void note() {
        var present = model.noteProperty().get();
        note.setVisible(present.isPresent());
        note.setManaged(present.isPresent());
        present.ifPresent(n -> {
            var text = new Rich("small", n.bad() ? "warn" : "muted");
            text.say(look.tongue().say(n.what()));
            HBox.setHgrow(text, Priority.ALWAYS);
            note.getChildren().setAll(text);
            if (!n.undo().isEmpty()) {
                note.getChildren().add(look.button("snapshots.undo", () -> model.undo(n.undo())));
            }
        });
    }

    /** What stands in the middle: a past state, a comparison, or nothing yet. */
    public Region shown() {
        return (Region) page.getChildren().getFirst();
    }
}
